package org.pgreel.scenarios.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The walls between the packages: who may know whom. */
class WallsTest {

    private static final JavaClasses HOUSE = MainClasses.ALL;

    private static final int CLASSES_MIN = 400;

    private static final String[] MODULES = {
        "org.pgreel.postgres..", "org.pgreel.recorder..", "org.pgreel.replay..", "org.pgreel.scenarios.."
    };

    @Test
    void theClassesWereReallySeen() {
        assertThat(HOUSE).hasSizeGreaterThan(CLASSES_MIN);
        for (String wall : new String[] {
            "org.pgreel.client",
            "org.pgreel.protocol.authentication",
            "org.pgreel.protocol.conversation",
            "org.pgreel.protocol.message",
            "org.pgreel.protocol.transcript",
            "org.pgreel.protocol.wire",
            "org.pgreel.recorder.chronicle",
            "org.pgreel.recorder.event",
            "org.pgreel.recorder.tape",
            "org.pgreel.replay.engine",
            "org.pgreel.session",
            "org.pgreel.tap",
            "org.pgreel.transport",
            "org.pgreel.type",
        }) {
            assertThat(HOUSE.stream().filter(seen -> seen.getPackageName().equals(wall) && isCode(seen)))
                    .as("classes in " + wall)
                    .isNotEmpty();
        }
    }

    private static boolean isCode(JavaClass seen) {
        return !seen.getSimpleName().equals("package-info");
    }

    @Test
    void theProtocolKnowsOnlyJavaBase() {
        classes()
                .that()
                .resideInAPackage("org.pgreel.protocol..")
                .should()
                .onlyDependOnClassesThat(
                        inJavaBase().or(resideInAnyPackage("org.pgreel.protocol..", "org.jspecify.annotations")))
                .check(HOUSE);
    }

    @Test
    void theCodecsKnowOnlyTheProtocolAndJavaBase() {
        classes()
                .that()
                .resideInAPackage("org.pgreel.type..")
                .should()
                .onlyDependOnClassesThat(inJavaBase()
                        .or(resideInAnyPackage(
                                "org.pgreel.type..", "org.pgreel.protocol..", "org.jspecify.annotations")))
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaClass> inJavaBase() {
        Set<String> packages = Object.class.getModule().getPackages();
        return DescribedPredicate.describe(
                "are in java.base",
                used -> used.isPrimitive()
                        || packages.contains(used.getBaseComponentType().getPackageName())
                        || used.getBaseComponentType().isPrimitive()
                        || used.getBaseComponentType().getPackageName().startsWith("org.pgreel.protocol"));
    }

    @Test
    void onlyTheEdgesKnowNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.pgreel.transport..", "org.pgreel.replay.server..", "org.pgreel.recorder.proxy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(HOUSE);
    }

    @Test
    void onlyOneAdapterKnowsChronicle() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.pgreel.recorder.chronicle..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft..")
                .check(HOUSE);
    }

    @Test
    void theSessionCoreKnowsNeitherTransportNorLogger() {
        noClasses()
                .that()
                .resideInAPackage("org.pgreel.session..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.pgreel.transport..", "org.pgreel", "org.slf4j..", "java.net..", "java.nio.channels..")
                .check(HOUSE);
    }

    @Test
    void theTapAndThePublicApiKnowOnlyProtocolAndCodecs() {
        noClasses()
                .that()
                .resideInAnyPackage("org.pgreel.tap..", "org.pgreel.client..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.pgreel..")
                        .and(not(resideInAnyPackage(
                                "org.pgreel.protocol..",
                                "org.pgreel.type..",
                                "org.pgreel.tap..",
                                "org.pgreel.client.."))))
                .check(HOUSE);
    }

    @Test
    void noModulePointsBack() {
        for (int module = 0; module < MODULES.length; module++) {
            for (int later = module + 1; later < MODULES.length; later++) {
                neverKnows(MODULES[module], MODULES[later]);
            }
            noClasses()
                    .that(resideInAPackage("org.pgreel..").and(not(resideInAnyPackage(MODULES))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(MODULES[module])
                    .check(HOUSE);
        }
    }

    private static void neverKnows(String earlier, String later) {
        noClasses()
                .that()
                .resideInAPackage(earlier)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(later)
                .check(HOUSE);
    }

    @Test
    void thePackagesHaveNoCycle() {
        slices().matching("org.pgreel.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void messagesAndEventsAreValues() {
        for (String family :
                new String[] {"org.pgreel.protocol.message.Message", "org.pgreel.recorder.event.SessionEvent"}) {
            classes()
                    .that(assignableTo(family))
                    .and()
                    .areNotInterfaces()
                    .should()
                    .beRecords()
                    .orShould()
                    .beEnums()
                    .check(HOUSE);
        }
    }
}
