package io.autostack.plugin;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One part of a stack, named within its plan.
public sealed interface Component {

    String name();

    /// A relational database with an owner of its own.
    ///
    /// @param version the engine's major version, for instance `18`
    /// @param placement on which server it lives
    /// @param credentials a secret of the same plan with the fields `username` and `password`
    record Database(String name, Engine engine, String version, Placement placement, int storageGb, String credentials)
            implements Component {

        public Database {
            Require.name("a database's name", name);
            Objects.requireNonNull(engine, "engine");
            Objects.requireNonNull(placement, "placement");
            Objects.requireNonNull(credentials, "credentials");
            Require.text("a database's version", version, 20);
            Require.between("storage in GB", storageGb, 1, 65_536);
        }

        /// The engines that the platform can run.
        public enum Engine {
            POSTGRESQL
        }

        /// On which server a database lives.
        public sealed interface Placement {

            /// Inside the server that the tenant has already: costs its storage, not a server.
            record TenantServer() implements Placement {}

            /// On a server of its own.
            ///
            /// @param sizeClass an instance class such as `db.t4g.micro`
            /// @param multiAz whether a standby runs in a second zone
            record OwnServer(String sizeClass, boolean multiAz) implements Placement {
                public OwnServer {
                    Require.text("a size class", sizeClass, 40);
                }
            }
        }
    }

    /// Copies of one image behind one address.
    ///
    /// @param command what to run instead of the image's own command; empty for the image's own
    /// @param endpoint where it listens; none for a worker
    record Container(
            String name,
            String image,
            List<String> command,
            Size size,
            Replicas replicas,
            @Nullable Endpoint endpoint,
            Map<String, Value> environment)
            implements Component {

        private static final Pattern IMAGE =
                Pattern.compile("[a-z0-9]+(?:(?:[._:/]|__|-+)[a-zA-Z0-9]+)*+(?:@sha256:[0-9a-f]{64})?");
        private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

        public Container {
            Require.name("a container's name", name);
            Require.text("an image", image, 300);
            if (!IMAGE.matcher(image).matches())
                throw new IllegalArgumentException("not a container image: \"" + Require.shortened(image) + "\"");
            Objects.requireNonNull(size, "size");
            Objects.requireNonNull(replicas, "replicas");
            command = List.copyOf(command);
            Require.between("the number of words of a command", command.size(), 0, 50);
            command.forEach(word -> Require.data("a word of a command", word, 2_000));
            Require.between("the number of environment variables", environment.size(), 0, 100);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            environment.values().forEach(Objects::requireNonNull);
            for (var variable : environment.keySet())
                if (!VARIABLE.matcher(variable).matches())
                    throw new IllegalArgumentException(
                            "not an environment variable: \"" + Require.shortened(variable) + "\"");
        }

        /// What one copy gets.
        public record Size(BigDecimal vcpu, BigDecimal memoryGb) {
            public Size {
                Require.between("vCPU", vcpu, new BigDecimal("0.25"), BigDecimal.valueOf(16));
                Require.between("memory in GB", memoryGb, new BigDecimal("0.25"), BigDecimal.valueOf(120));
            }

            public static Size of(String vcpu, String memoryGb) {
                return new Size(new BigDecimal(vcpu), new BigDecimal(memoryGb));
            }
        }

        /// Between how many copies the platform may scale.
        public record Replicas(int min, int max) {
            public Replicas {
                Require.between("the minimum number of replicas", min, 0, 1_000);
                Require.between("the maximum number of replicas", max, Math.max(1, min), 1_000);
            }
        }

        /// Where a container listens for HTTP.
        ///
        /// @param healthPath answers 2xx once the container is ready, for instance `/healthz`
        public record Endpoint(int port, String healthPath) {
            public Endpoint {
                Require.between("a port", port, 1, 65_535);
                Require.line("a health path", healthPath, 200);
                if (!healthPath.startsWith("/"))
                    throw new IllegalArgumentException("a health path must begin with a slash: " + healthPath);
            }
        }
    }

    /// Random values, generated once at the first deployment and kept in the secret store.
    record Secret(String name, List<String> fields) implements Component {
        public Secret {
            Require.name("a secret's name", name);
            fields = List.copyOf(fields);
            Require.between("the number of a secret's fields", fields.size(), 1, 20);
            fields.forEach(field -> Require.name("a secret's field", field));
        }
    }

    /// A private bucket.
    ///
    /// @param gb what it holds in a month
    /// @param requestsThousand requests in a month, in thousands
    record ObjectStorage(String name, Range gb, Range requestsThousand) implements Component {
        public ObjectStorage {
            Require.name("an object storage's name", name);
            Objects.requireNonNull(gb, "gb");
            Objects.requireNonNull(requestsThousand, "requestsThousand");
        }
    }

    /// Traffic to the internet, in GB in a month.
    record Egress(String name, Range gb) implements Component {
        public Egress {
            Require.name("an egress component's name", name);
            Objects.requireNonNull(gb, "gb");
        }
    }

    /// Log volume, in GB in a month.
    record Logs(String name, Range gb) implements Component {
        public Logs {
            Require.name("a log component's name", name);
            Objects.requireNonNull(gb, "gb");
        }
    }
}
