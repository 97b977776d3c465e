package io.autostack.plugin.runner;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/// [RunnerMain] for a plugin that somebody else wrote: first this process gives up what no template needs.
/// Without arguments that is all, to find out whether it can be done here.
public final class CagedMain {

    private CagedMain() {}

    public static void main(String[] arguments) throws IOException {
        prepare().enforce();
        if (arguments.length > 0) RunnerMain.main(arguments);
    }

    /// The JDK wants a pair of local sockets before its first socket. With it, who looks for a network meets an
    /// ordinary exception and not a broken JDK.
    static SystemCallFilter prepare() throws IOException {
        SocketChannel.open().close();
        return SystemCallFilter.prepared();
    }
}
