package io.millrace.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The house rules that a machine can judge. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.millrace");

    private static final Set<String> SERVICES = Set.of("ingestion", "consumer", "analytics", "retention");

    /** The contract is a library: what it offers may be public without a user among us. */
    private static final List<String> LIBRARY = List.of("io.millrace.event", "io.millrace.log", "io.millrace.address");

    /** What JMH and protoc write for the benchmarks is not ours to shape. */
    private static final List<String> GENERATED = List.of("io.millrace.bench.jmh_generated", "io.millrace.v1");

    private static final List<String> ENDINGS = List.of("Impl", "Util", "Utils", "Helper", "Manager", "Base");
    private static final Set<String> PACKAGES = Set.of("controller", "service", "model", "config", "common", "util");

    @Test
    void seesEveryModule() {
        assertThat(MAIN.stream()
                        .map(c -> c.getPackageName().split("\\.", -1)[2])
                        .distinct())
                .contains("event", "log", "kit", "cli", "migrate", "localstack", "bench", "prove")
                .containsAll(SERVICES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "consumer", "analytics", "retention"})
    void serviceDependsOnNoOther(String service) {
        String[] others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> "io.millrace." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.millrace." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(MAIN);
    }

    @Test
    void contractIsFreeOfFrameworks() {
        noClasses()
                .that()
                .resideInAnyPackage(LIBRARY.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.millrace.kit..", "reactor..", "com.clickhouse..")
                .check(MAIN);
    }

    @Test
    void kitKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.kit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        SERVICES.stream().map(s -> "io.millrace." + s + "..").toArray(String[]::new))
                .check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.millrace.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void packagesAreShallowAndNamedByFeature() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct()).allSatisfy(name -> {
            assertThat(name.split("\\.", -1)).hasSizeLessThanOrEqualTo(4).doesNotContainAnyElementsOf(PACKAGES);
        });
    }

    @Test
    void namesSayWhatThingsAre() {
        assertThat(MAIN.stream().map(JavaClass::getSimpleName))
                .allSatisfy(name -> assertThat(ENDINGS).noneMatch(name::endsWith));
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("whoever needs the time is handed a " + Clock.class.getSimpleName())
                .check(MAIN);
    }

    @Test
    void nothingIsPublicWithoutAUser() {
        classes()
                .that(isOursToHide())
                .should(new ArchCondition<JavaClass>("be used by another package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean used = type.getDirectDependenciesToSelf().stream()
                                .anyMatch(d ->
                                        !d.getOriginClass().getPackageName().equals(type.getPackageName()));
                        events.add(new SimpleConditionEvent(type, used, type.getName() + " is public for nobody"));
                    }
                })
                .check(MAIN);
    }

    private static DescribedPredicate<JavaClass> isOursToHide() {
        return DescribedPredicate.describe(
                "public top-level classes outside the library",
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && type.isTopLevelClass()
                        && !LIBRARY.contains(type.getPackageName())
                        && !GENERATED.contains(type.getPackageName())
                        && !type.getSimpleName().equals("Main"));
    }
}
