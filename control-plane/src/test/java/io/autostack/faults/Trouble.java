package io.autostack.faults;

import io.autostack.faults.Faults.Call;
import io.autostack.faults.Faults.Fault;
import io.autostack.provisioning.cloud.DatabaseSpec;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// What can go wrong with a call of the cloud.
enum Trouble {
    TIMEOUT_AFTER_SUCCESS(arguments -> true) {
        @Override
        Fault fault(Damage damage) {
            return call -> {
                var answer = call.really();
                if (call.number() == 1) throw outage("the answer was lost");
                return answer;
            };
        }
    },
    THROTTLED(arguments -> true) {
        @Override
        Fault fault(Damage damage) {
            return call -> {
                if (call.number() <= 3) throw outage("rate exceeded");
                return call.really();
            };
        }
    },
    ERROR(arguments -> true) {
        @Override
        Fault fault(Damage damage) {
            return call -> {
                throw outage("internal failure");
            };
        }
    },
    ERROR_AFTER_SUCCESS(arguments -> true) {
        @Override
        Fault fault(Damage damage) {
            return call -> {
                call.really();
                throw outage("the answer is lost every time");
            };
        }
    },
    SLOW(arguments -> true) {
        @Override
        Fault fault(Damage damage) {
            return call -> {
                if (call.number() == 1) untilTheLeaseIsRenewed(call.tenant());
                return call.really();
            };
        }
    },
    ROLE_WITHOUT_LOGIN(Trouble::hasDatabase) {
        @Override
        Fault fault(Damage damage) {
            return once(damage::takeLoginAway);
        }
    },
    DATABASE_CLOSED(Trouble::hasDatabase) {
        @Override
        Fault fault(Damage damage) {
            return once(damage::closeDatabase);
        }
    },
    DATABASE_OF_ANOTHER_ROLE(Trouble::hasDatabase) {
        @Override
        Fault fault(Damage damage) {
            return once(damage::giveDatabaseAway);
        }
    },
    DATABASE_WITHOUT_TAG_AND_GRANTS(Trouble::hasDatabase) {
        @Override
        Fault fault(Damage damage) {
            return once(damage::leaveDatabaseHalfMade);
        }
    },
    ROLE_WITHOUT_DATABASE(Trouble::hasDatabase) {
        @Override
        Fault fault(Damage damage) {
            return once(damage::leaveRoleAlone);
        }
    },
    SECRET_WITHOUT_MEMBERS(arguments -> secret(arguments).isPresent()) {
        @Override
        Fault fault(Damage damage) {
            return once(damage::emptySecret);
        }
    },
    CONNECTION_CUT(arguments -> true) {
        @Override
        Fault fault(Damage damage) {
            return call -> call.number() == 1 ? Cut.inTheMiddleOf(call) : call.really();
        }
    },
    ROUTE_TO_ANOTHER_TENANT(arguments -> route(arguments).isPresent()) {
        @Override
        Fault fault(Damage damage) {
            return once(damage::leadRouteAway);
        }
    };

    private final Predicate<List<Object>> concerns;

    Trouble(Predicate<List<Object>> concerns) {
        this.concerns = concerns;
    }

    /// @param damage is told what was broken, so that it can be put right
    abstract Fault fault(Damage damage);

    /// Whether a call with these arguments can meet it.
    boolean concerns(List<Object> arguments) {
        return concerns.test(arguments);
    }

    /// Whether the step did nothing, or nothing unusual: what follows is the engine's doing, and to it one step is like
    /// another.
    boolean isTheEnginesBusiness() {
        return this == THROTTLED || this == ERROR || this == SLOW;
    }

    /// Whether an operation ends, or begins a step anew, with work behind it that nobody knows of.
    boolean leavesWorkBehind() {
        return this == ERROR_AFTER_SUCCESS || this == CONNECTION_CUT;
    }

    /// Whether something is broken before the step begins.
    boolean isDamage() {
        return switch (this) {
            case TIMEOUT_AFTER_SUCCESS, THROTTLED, ERROR, ERROR_AFTER_SUCCESS, SLOW, CONNECTION_CUT -> false;
            case ROLE_WITHOUT_LOGIN,
                    ROLE_WITHOUT_DATABASE,
                    DATABASE_CLOSED,
                    DATABASE_OF_ANOTHER_ROLE,
                    DATABASE_WITHOUT_TAG_AND_GRANTS,
                    SECRET_WITHOUT_MEMBERS,
                    ROUTE_TO_ANOTHER_TENANT -> true;
        };
    }

    /// Whether it could hit others who work at the same time.
    boolean needsTheServerAlone() {
        return this == CONNECTION_CUT;
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Optional<String> secret(List<Object> arguments) {
        return arguments.stream()
                .flatMap(argument -> argument instanceof DatabaseSpec desired
                        ? Stream.of(desired.secret())
                        : text(argument, text -> text.startsWith("tenants/")))
                .findFirst();
    }

    static Optional<String> route(List<Object> arguments) {
        return arguments.stream()
                .flatMap(argument -> text(argument, text -> text.endsWith(".localhost")))
                .findFirst();
    }

    private static Stream<String> text(Object argument, Predicate<String> is) {
        return argument instanceof String text && is.test(text) ? Stream.of(text) : Stream.empty();
    }

    private static boolean hasDatabase(List<Object> arguments) {
        return arguments.stream().anyMatch(DatabaseSpec.class::isInstance);
    }

    /// Breaks something before the first call.
    private interface Breakage {
        void on(Call call) throws SQLException;
    }

    private static Fault once(Breakage breakage) {
        return call -> {
            if (call.number() == 1) breakage.on(call);
            return call.really();
        };
    }

    static IllegalStateException outage(String what) {
        return new IllegalStateException(what + " (on purpose)");
    }

    private static void untilTheLeaseIsRenewed(UUID tenant) throws SQLException {
        var first = heartbeat(tenant);
        Awaitility.await("the heartbeat goes on while the cloud takes its time")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !heartbeat(tenant).equals(first));
    }

    static List<String> heartbeat(UUID tenant) throws SQLException {
        return Catalogue.texts("autostack", """
                select t.last_heartbeat::text
                  from (table provisioning.scheduled_task union all table provisioning.scheduled_task_long) t
                  join provisioning.operation o on t.task_instance like o.id || '/%'
                 where o.tenant_id = ?::uuid and o.state = 'running' and t.picked
                """, tenant.toString());
    }
}
