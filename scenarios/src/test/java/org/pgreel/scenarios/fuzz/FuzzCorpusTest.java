package org.pgreel.scenarios.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every input of the corpus, what fuzzing found among them, is taken as it should be, and so are some changes to each by
 * fixed seeds. {@code -Dpgreel.golden.write=true} writes the seeds of the corpus anew; what was found is never removed.
 */
@Timeout(300)
class FuzzCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");
    private static final int BYTES_MAX = 400_000;
    private static final int CHANGES = 20;

    private final Allocation allocation = new Allocation(1);

    static {
        if (Boolean.getBoolean("pgreel.golden.write")) {
            FuzzSeeds.write(CORPUS);
        }
    }

    private static List<Path> inputs(String target) {
        try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyTargetTakesItsCorpus() {
        return FuzzTargets.all().keySet().stream()
                .sorted()
                .map(name -> DynamicTest.dynamicTest(name, () -> take(name)));
    }

    private void take(String name) throws IOException {
        FuzzTarget target = FuzzTargets.named(name);
        List<Path> inputs = inputs(name);
        assertThat(inputs).isNotEmpty();
        for (Path file : inputs) {
            byte[] input = Files.readAllBytes(file);
            one(target, input, file.toString());
            var random = new Random(file.getFileName().toString().hashCode());
            for (int change = 0; change < CHANGES; change++) {
                one(target, changed(input, random), file + ", change " + change);
            }
        }
    }

    private void one(FuzzTarget target, byte[] input, String what) {
        try {
            allocation.bounded(target, input);
        } catch (Throwable bug) {
            throw new AssertionError(what + ": " + bug.getMessage(), bug);
        }
    }

    private static byte[] changed(byte[] input, Random random) {
        byte[] changed = input.clone();
        for (int i = random.nextInt(3); i >= 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }

    @Test
    void theCorpusIsSmallAndNothingInItIsWithoutATarget() throws IOException {
        var directories = new ArrayList<String>();
        long bytes = 0;
        try (Stream<Path> files = Files.walk(CORPUS)) {
            for (Path file : files.toList()) {
                if (Files.isDirectory(file) && !file.equals(CORPUS)) {
                    directories.add(file.getFileName().toString());
                }
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
        }
        assertThat(Set.copyOf(directories)).isEqualTo(FuzzTargets.all().keySet());
        assertThat(bytes).isLessThan(BYTES_MAX);
    }
}
