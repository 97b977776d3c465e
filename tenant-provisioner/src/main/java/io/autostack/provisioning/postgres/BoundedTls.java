package io.autostack.provisioning.postgres;

import io.autostack.provisioning.postgres.BoundedSockets.Answers;
import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;

/// Encrypts connections to PostgreSQL as the driver does by itself, and reads no more of what comes out of them than
/// [BoundedSockets]. Named in the connection's properties.
public final class BoundedTls extends LibPQFactory {

    /// What certificates are believed, and which one is shown, is the driver's business.
    ///
    /// @param connection its properties
    public BoundedTls(Properties connection) throws PSQLException {
        super(connection);
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        var encrypted = (SSLSocket) super.createSocket(plain, host, port, autoClose);
        return new ForwardingTlsSocket(encrypted, new Answers(encrypted.getInputStream(), true));
    }
}
