package io.autostack.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who may use whom, and the habits of the house.
class HouseRules {

    private static final String ROOT = "io.autostack.";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    ROOT + "shared",
                    ROOT + "audit",
                    ROOT + "identity",
                    ROOT + "plans",
                    ROOT + "tenancy",
                    ROOT + "metering",
                    ROOT + "billing",
                    ROOT + "costs",
                    ROOT + "pluginhost",
                    ROOT + "marketplace",
                    ROOT + "operations",
                    ROOT + "web",
                    ROOT + "moves",
                    ROOT + "portal",
                    ROOT + "keys",
                    ROOT + "provisioning",
                    ROOT + "sealing",
                    ROOT + "jdbc",
                    ROOT + "ui",
                    ROOT + "plugin");

    /// Domains use `web` and `ui` for their edges. Nobody is allowed `portal`.
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("shared", List.of("jdbc")),
            Map.entry("audit", List.of("shared", "jdbc")),
            Map.entry("identity", List.of("shared", "audit", "jdbc", "provisioning", "sealing")),
            Map.entry("plans", List.of("shared", "jdbc")),
            Map.entry("tenancy", List.of("shared", "audit", "identity", "plans", "jdbc", "provisioning", "web", "ui")),
            Map.entry(
                    "metering",
                    List.of("shared", "audit", "identity", "plans", "tenancy", "jdbc", "provisioning", "web", "ui")),
            Map.entry(
                    "billing",
                    List.of(
                            "shared",
                            "audit",
                            "identity",
                            "plans",
                            "tenancy",
                            "metering",
                            "jdbc",
                            "provisioning",
                            "web",
                            "ui")),
            Map.entry("costs", List.of("shared", "audit", "tenancy", "jdbc")),
            Map.entry("pluginhost", List.of("shared", "plugin")),
            Map.entry(
                    "marketplace",
                    List.of(
                            "shared",
                            "audit",
                            "identity",
                            "plans",
                            "tenancy",
                            "metering",
                            "costs",
                            "pluginhost",
                            "plugin",
                            "jdbc",
                            "provisioning",
                            "operations",
                            "web",
                            "ui")),
            Map.entry("keys", List.of("shared", "audit", "identity", "jdbc", "provisioning")),
            Map.entry(
                    "moves",
                    List.of(
                            "shared",
                            "audit",
                            "identity",
                            "plans",
                            "tenancy",
                            "metering",
                            "costs",
                            "provisioning",
                            "web",
                            "ui")),
            Map.entry(
                    "operations",
                    List.of("shared", "audit", "identity", "tenancy", "costs", "provisioning", "web", "ui")),
            Map.entry("web", List.of("shared", "identity", "jdbc", "provisioning", "sealing", "ui")),
            Map.entry("provisioning", List.of("plugin", "local", "jdbc", "sealing")),
            Map.entry("sealing", List.of("local")),
            Map.entry("jdbc", List.of()),
            Map.entry("ui", List.of()),
            Map.entry("plugin", List.of()));

    /// The packages below `tenancy` stand on their own: each knows tenants, and of its neighbours only these. They are
    /// below it because their tables are in its schema.
    private static final Map<String, List<String>> MAY_USE_WITHIN_TENANCY = Map.of(
            "", List.of("capacity"),
            "backups", List.of("", "fleet"),
            "capacity", List.of(),
            "closing", List.of("", "domains"),
            "credentials", List.of(""),
            "domains", List.of(""),
            "export", List.of(""),
            "fleet", List.of(""),
            "upkeep", List.of("", "capacity", "domains"));

    @TestFactory
    Stream<DynamicTest> a_package_of_tenancy_uses_only_those_of_its_neighbours_that_it_may() {
        return MAY_USE_WITHIN_TENANCY.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(tenancy(entry.getKey()), () -> {
                    var allowed = Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream())
                            .map(HouseRules::tenancy)
                            .toArray(String[]::new);
                    classes()
                            .that()
                            .resideInAPackage(tenancy(entry.getKey()))
                            .should()
                            .onlyDependOnClassesThat(
                                    not(resideInAPackage(ROOT + "tenancy..")).or(resideInAnyPackage(allowed)))
                            .check(HOUSE);
                }));
    }

    @Test
    void every_package_of_tenancy_has_its_line_in_that_table() {
        assertThat(HOUSE.stream()
                        .map(type -> type.getPackageName())
                        .filter(name -> name.startsWith(ROOT + "tenancy"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(MAY_USE_WITHIN_TENANCY.keySet().stream()
                        .map(HouseRules::tenancy)
                        .toList());
    }

    private static String tenancy(String name) {
        return ROOT + "tenancy" + (name.isEmpty() ? "" : "." + name);
    }

    @TestFactory
    Stream<DynamicTest> a_package_uses_only_what_it_may() {
        return MAY_USE.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    var allowed = Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream())
                            .map(name -> ROOT + name + "..")
                            .toArray(String[]::new);
                    classes()
                            .that()
                            .resideInAPackage(ROOT + entry.getKey() + "..")
                            .should()
                            .onlyDependOnClassesThat(
                                    not(resideInAPackage("io.autostack..")).or(resideInAnyPackage(allowed)))
                            .check(HOUSE);
                }));
    }

    @Test
    void every_package_of_the_control_plane_has_its_line_in_the_table() {
        assertThat(Sources.CONTROL_PLANE.packages())
                .allSatisfy(name -> assertThat(name.equals("portal") || MAY_USE.containsKey(name))
                        .as(name)
                        .isTrue());
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(HOUSE);
        slices().matching(ROOT + "tenancy.(*)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void only_plugins_and_their_runner_know_pf4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pf4j..")
                .check(HOUSE);
    }

    /// And drivers pg_dump, which has no other way to be asked.
    @Test
    void only_the_plugin_host_starts_processes() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "pluginhost..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "provisioning.postgres.Program")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(HOUSE);
    }

    /// `Tell` tells a connection whose rows it sees; `ScopedConnections` lets the pool find a connection dead.
    @Test
    void statements_are_made_in_one_place() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "jdbc")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "shared.Tell")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "shared.ScopedConnections")
                .should()
                .callMethodWhere(target(nameMatching("prepareStatement|createStatement"))
                        .and(target(owner(assignableTo(Connection.class)))))
                .check(HOUSE);
    }

    @Test
    void only_sealing_encrypts() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "sealing..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Cipher.class)
                .check(HOUSE);
    }

    @Test
    void nothing_is_injected_into_fields() {
        noFields()
                .should()
                .beAnnotatedWith(Inject.class)
                .orShould()
                .beAnnotatedWith(ConfigProperty.class)
                .check(HOUSE);
    }

    @Test
    void time_comes_from_an_instant_source() {
        var rule = noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "shared.SystemClock")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "shared.UuidV7")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone");
        for (var type :
                List.of(Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class))
            rule = rule.orShould().callMethod(type, "now");
        rule.check(HOUSE);
    }

    @Test
    void no_class_is_named_by_a_word_that_says_nothing() {
        classes()
                .should()
                .haveNameNotMatching(".*(Service|Manager|Helper|Util|Utils|Impl)")
                .check(HOUSE);
    }

    @Test
    void endpoint_methods_are_public() {
        methods()
                .that()
                .areMetaAnnotatedWith(HttpMethod.class)
                .should()
                .bePublic()
                .check(HOUSE);
    }

    @Test
    void money_is_never_a_binary_fraction() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(ROOT + "plans..", ROOT + "billing..", ROOT + "costs..", ROOT + "metering..")
                .should()
                .notHaveRawType(double.class)
                .andShould()
                .notHaveRawType(float.class)
                .andShould()
                .notHaveRawType(Double.class)
                .andShould()
                .notHaveRawType(Float.class)
                .check(HOUSE);
    }

    @Test
    void every_package_is_null_marked() throws ClassNotFoundException {
        var packages = HOUSE.stream()
                .map(type -> type.getPackageName())
                .distinct()
                .sorted()
                .toList();
        for (var name : packages)
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
    }

    @Test
    void every_public_type_says_in_a_sentence_what_it_is() {
        assertThat(Stream.of(Sources.values()).flatMap(Sources::publicTypesWithoutSentence))
                .isEmpty();
    }

    @Test
    void sql_writes_only_the_schema_of_its_own_package() {
        assertThat(Stream.of(Sources.values()).flatMap(Sources::writesToForeignSchemas))
                .isEmpty();
    }

    @Test
    void no_file_is_longer_than_four_hundred_lines() {
        assertThat(Arrays.stream(Sources.values()).flatMap(Sources::longFiles)).isEmpty();
    }

    /// What is told inside a transaction ends with it; what is told outside of one only the pool takes back.
    @Test
    void a_scope_that_outlasts_a_transaction_is_told_in_one_place() {
        assertThat(Arrays.stream(Sources.values()).flatMap(Sources::scopesThatOutlastTransactions))
                .containsExactly("Tell.java");
    }

    /// A rollback to a savepoint would take back a scope that was told after it, and nobody would know.
    @Test
    void only_sessions_inside_tenants_databases_set_savepoints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "provisioning.postgres..")
                .should()
                .callMethod(Connection.class, "setSavepoint")
                .orShould()
                .callMethod(Connection.class, "setSavepoint", String.class)
                .check(HOUSE);
    }

    /// It ends whoever still writes to it, which `pipefail` takes for a failure: green or red is then chance.
    @Test
    void no_script_pipes_into_what_stops_reading_early() throws IOException {
        var stopsEarly = Pattern.compile("\\| *(head|grep +(-\\w*[qm]|--quiet))\\b");
        for (var script : List.of(".ci/run", ".ci/test"))
            assertThat(Files.readAllLines(Path.of("..", script)))
                    .as(script)
                    .noneMatch(line -> stopsEarly.matcher(line).find());
    }
}
