package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Operations;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A new kind of operation is killed like all the others, or the build says which one is forgotten.
class EveryKindTest {

    @Test
    void every_kind_of_operation_has_an_entry_in_the_list_of_what_is_killed() {
        var known = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.autostack").stream()
                        .filter(type -> type.isAssignableTo(OperationKind.class) && !type.isInterface())
                        .map(EveryKindTest::nameOf)
                        .collect(Collectors.toCollection(TreeSet::new));
        known.add(Operations.ROLLBACK);
        var killed = Kind.all().stream()
                .flatMap(kind -> kind.names().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(killed)
                .as("kinds of operations in io.autostack.kill.Kind.all(); add an entry for each new one")
                .containsExactlyInAnyOrderElementsOf(known);
    }

    private static String nameOf(JavaClass kind) {
        try {
            return String.valueOf(kind.reflect().getField("KIND").get(null));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(kind.getName() + " has no public constant KIND with its name", e);
        }
    }
}
