package io.autostack.provisioning.dns;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What a name server says in TXT records. Asked anew each time; the server may remember.
@ApplicationScoped
public class TxtRecords {

    private static final String TXT = "TXT";

    private final String servers;

    /// @param server `host` or `host:port`; empty for the servers that this machine uses
    @Inject
    TxtRecords(@ConfigProperty(name = "autostack.dns.server") Optional<String> server) {
        this.servers = server.map(one -> "dns://" + one).orElse("dns:");
    }

    /// What came back.
    public sealed interface Answer {

        /// Empty when there is no such name, or none with a text.
        record Texts(List<String> texts) implements Answer {}

        /// Nothing that could be relied on.
        record NoAnswer(String reason) implements Answer {}
    }

    @SuppressWarnings("BanJNDI") // the provider for name servers answers with texts, never with objects
    public Answer ask(String name) {
        var environment = new Hashtable<String, String>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, servers);
        environment.put("com.sun.jndi.dns.timeout.initial", "1500");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        try {
            var context = new InitialDirContext(environment);
            try {
                var found =
                        context.getAttributes(name + ".", new String[] {TXT}).get(TXT);
                var texts = new ArrayList<String>();
                for (int i = 0; found != null && i < found.size(); i++) texts.add(plain(String.valueOf(found.get(i))));
                return new Answer.Texts(List.copyOf(texts));
            } finally {
                context.close();
            }
        } catch (NameNotFoundException none) {
            return new Answer.Texts(List.of());
        } catch (NamingException refused) {
            return new Answer.NoAnswer(String.valueOf(refused.getMessage()));
        }
    }

    /// Texts with blanks come back in quotation marks.
    private static String plain(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
