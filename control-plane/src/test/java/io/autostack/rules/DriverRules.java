package io.autostack.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Steps know the port, drivers know the port and what they share about PostgreSQL, and nobody knows a driver.
class DriverRules {

    private static final String PORT = "io.autostack.provisioning.cloud";
    private static final String DRIVERS = PORT + ".*..";
    private static final String POSTGRES = "io.autostack.provisioning.postgres..";

    /// Which driver it is, and nothing about what is in it.
    private static final String CHOICE = "io.autostack.provisioning.driver..";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.autostack");

    @Test
    void nobody_knows_a_driver() {
        noClasses()
                .that()
                .resideOutsideOfPackage(DRIVERS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DRIVERS)
                .check(HOUSE);
    }

    @Test
    void only_drivers_know_what_they_share_about_postgresql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(DRIVERS, POSTGRES, CHOICE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(POSTGRES)
                .check(HOUSE);
    }
}
