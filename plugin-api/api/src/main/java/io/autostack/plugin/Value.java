package io.autostack.plugin;

/// What an environment variable of a container will hold. Secrets are named here and filled in when the stack is
/// deployed.
public sealed interface Value {

    /// A text that everybody may read.
    record Literal(String text) implements Value {
        public Literal {
            Require.data("a literal", text, 20_000);
        }
    }

    /// One field of a secret of the same plan.
    record SecretRef(String secret, String field) implements Value {
        public SecretRef {
            Require.name("a secret's name", secret);
            Require.name("a secret's field", field);
        }
    }

    /// The connection URL of a database of the same plan, credentials included; treated as a secret.
    record DatabaseUrl(String database) implements Value {
        public DatabaseUrl {
            Require.name("a database's name", database);
        }
    }
}
