package io.autostack.testing.aws;

import io.autostack.local.Settings;
import io.autostack.testing.NobodySignsIn;
import io.autostack.testing.Platform;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A platform whose cloud is AWS, as an emulator has it: databases, secrets and records are really made. Nobody signs
/// in
/// on it.
public final class AwsPlatform extends Platform {

    /// Why there is none here.
    public static final String MISSING = "moto_server is not installed on this machine";

    /// Names of tenants are right below it.
    public static final String DOMAIN = "localhost";

    private static @Nullable Running running;

    private record Running(Moto moto, RdsDataPlane data, AwsProxy proxy, AwsAccount account) {}

    private static final long SECOND = 1_000_000_000;

    /// What a test class names in `@TestProfile`.
    public static final class Profile extends NobodySignsIn {

        public Profile() {
            super(AwsPlatform.class);
        }
    }

    /// Whether there is an emulator, and the driver works on it.
    public static boolean isThere() {
        return running != null;
    }

    /// Some of the calls that are made next come to grief.
    public static void make(String call, AwsFault fault, int times) {
        running().proxy().make(call, fault, times);
    }

    /// A call of ECS is refused with these words, some times.
    public static void refuse(String call, String message, int times) {
        running().proxy().refuse(call, "InvalidParameterException", message, times);
    }

    public static void makeNoFaults() {
        running().proxy().makeNone();
    }

    /// The next call of each name comes to grief.
    public static void makeOnceForEach(AwsFault fault) {
        running().proxy().makeOnceForEach(fault);
    }

    /// Names of the calls that met what was made for each.
    public static Set<String> met() {
        return running().proxy().met();
    }

    /// Names of all calls since the start.
    public static Set<String> heard() {
        return running().proxy().heard().stream().map(AwsProxy.Heard::call).collect(Collectors.toSet());
    }

    /// How many of these calls there were since the start.
    public static long count(Set<String> calls) {
        return running().proxy().heard().stream()
                .filter(heard -> calls.contains(heard.call()))
                .count();
    }

    /// How many of these calls there were in the busiest second.
    ///
    /// @param since of the process's own clock: a connection that was broken on purpose before repeats its call
    public static long busiestSecond(Set<String> calls, long since) {
        var moments = running().proxy().heard().stream()
                .filter(heard -> calls.contains(heard.call()))
                .mapToLong(AwsProxy.Heard::nanos)
                .filter(at -> at >= since)
                .sorted()
                .toArray();
        return LongStream.of(moments)
                .map(from -> LongStream.of(moments)
                        .filter(at -> at >= from && at < from + SECOND)
                        .count())
                .max()
                .orElse(0);
    }

    /// The account, as somebody sees it who asks AWS itself.
    public static AwsAccount account() {
        return running().account();
    }

    /// Where calls go.
    public static URI address() {
        return running().proxy().address();
    }

    /// Somebody on the instance who may do everything, as nobody at AWS may.
    public static Connection superuser(String instance) throws SQLException {
        return running().data().find(instance).orElseThrow().connectAsSuperuser("postgres");
    }

    private static Running running() {
        var there = running;
        if (there == null) throw new IllegalStateException(MISSING);
        return there;
    }

    @Override
    protected Path home() {
        return Path.of("target/platforms/aws");
    }

    @Override
    protected Settings settings() {
        return Settings.forTests().withoutIdentityProvider();
    }

    @Override
    public Map<String, String> start() {
        var properties = new HashMap<>(super.start());
        var program = Moto.program();
        if (program.isEmpty()) return properties;
        var moto = Moto.start(program.get());
        var data = new RdsDataPlane(
                home().resolve("rds"), Path.of(properties.getOrDefault("autostack.cloud.local.programs", "")));
        var account = new AwsAccount(moto.address(), DOMAIN);
        var proxy = new AwsProxy(moto.address(), new RdsAnswers(data), account::records);
        running = new Running(moto, data, proxy, account);
        System.setProperty("aws.endpointUrl", proxy.address().toString());
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.accessKeyId", "testing");
        System.setProperty("aws.secretAccessKey", "testing");
        properties.put("autostack.cloud", "aws");
        properties.put("autostack.aws.database-tls", "off");
        // Each look finds that all of them are old enough.
        properties.put("autostack.aws.administrator-password-age", "PT0S");
        properties.putAll(account.settings());
        return properties;
    }

    @Override
    public void stop() {
        var ended = running;
        running = null;
        if (ended != null) {
            ended.account().close();
            ended.proxy().close();
            ended.data().close();
            ended.moto().close();
        }
        for (var property : List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey"))
            System.clearProperty(property);
        super.stop();
    }
}
