package org.pgreel.scenarios.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Time, chance and the console come in by named doors only, so that everything else can be repeated exactly. */
class DeterminismTest {

    private static final JavaClasses HOUSE = MainClasses.ALL;

    /** What reads a clock, waits for one, or draws a number that nobody can draw again. */
    private static final Map<String, Set<String>> UNREPEATABLE = Map.of(
            System.class.getName(),
            Set.of("nanoTime", "currentTimeMillis"),
            Thread.class.getName(),
            Set.of("sleep"),
            Math.class.getName(),
            Set.of("random"),
            ThreadLocalRandom.class.getName(),
            Set.of("current"),
            "java.time.Instant",
            Set.of("now"),
            "java.time.LocalDate",
            Set.of("now"),
            "java.time.LocalDateTime",
            Set.of("now"),
            "java.time.OffsetDateTime",
            Set.of("now"),
            "java.time.ZonedDateTime",
            Set.of("now"),
            "java.util.UUID",
            Set.of("randomUUID"));

    @Test
    void onlyClocksTimersAndEdgesReadTimeOrChance() {
        noClasses()
                .that(DescribedPredicate.describe(
                        "are no clock, timers, chance or edge", caller -> !mayReadTime(caller)))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("cannot be repeated", DeterminismTest::isUnrepeatable))
                .check(HOUSE);
    }

    private static boolean mayReadTime(JavaClass caller) {
        String name = outermost(caller).getSimpleName();
        String in = caller.getPackageName();
        return name.endsWith("Clock")
                || name.endsWith("Timers")
                || name.endsWith("Chance")
                || in.startsWith("org.pgreel.transport")
                || in.startsWith("org.pgreel.recorder.chronicle")
                || in.startsWith("org.pgreel.recorder.proxy")
                || in.startsWith("org.pgreel.replay.server");
    }

    private static JavaClass outermost(JavaClass nested) {
        return nested.getEnclosingClass().map(DeterminismTest::outermost).orElse(nested);
    }

    private static boolean isUnrepeatable(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        String owner = target.getOwner().getName();
        if (owner.equals(Random.class.getName()) && target.getName().equals("<init>")) {
            return target instanceof AccessTarget.ConstructorCallTarget constructor
                    && constructor.getRawParameterTypes().isEmpty();
        }
        return UNREPEATABLE.getOrDefault(owner, Set.of()).contains(target.getName());
    }

    @Test
    void librariesNeverWriteToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.pgreel.cli..")
                .should()
                .accessTargetWhere(DescribedPredicate.describe("is the console", DeterminismTest::isConsole))
                .check(HOUSE);
    }

    private static boolean isConsole(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return target.getName().equals("printStackTrace")
                || (target.getOwner().getName().equals(System.class.getName())
                        && Set.of("out", "err").contains(target.getName()));
    }
}
