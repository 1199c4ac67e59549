package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.postgres.InstalledProgram;

/** A replay for one client, which comes by a Unix domain socket, ends by itself. */
@Timeout(60)
class ReplayOnceTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--strict", "--fault=delay 1ms @ B CommandComplete \"COMMIT\""})
    void itEndsWhenTheClientIsGone(String more) throws Exception {
        Assumptions.assumeTrue(InstalledProgram.find("psql").isPresent(), "psql is not installed");
        Path tape = directory.resolve("orders.pgreel");
        try (InputStream orders = getClass().getResourceAsStream("/org/pgreel/catalogue/query/orders.pgreel")) {
            Files.copy(Objects.requireNonNull(orders), tape);
        }
        var printed = new PipedWriter();
        var replay = new FutureTask<>(() -> Pgreel.commandLine()
                .setOut(new PrintWriter(printed, true))
                .execute(
                        "replay", tape.toString(), "--match=exchange", "--once", "--unix", directory.toString(), more));
        try (var lines = new BufferedReader(new PipedReader(printed))) {
            new Thread(replay, "replay").start();
            Matcher port = Pattern.compile("listening on .*:([0-9]+)").matcher(lines.readLine());
            assertThat(port.find()).isTrue();

            Process psql = new ProcessBuilder(List.of(
                            "psql",
                            "-X",
                            "-h",
                            directory.toString(),
                            "-p",
                            port.group(1),
                            "-U",
                            "shop",
                            "-d",
                            "shop",
                            "-c",
                            "begin",
                            "-c",
                            "insert into orders (item) values ('tea')",
                            "-c",
                            "commit"))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(psql.waitFor()).as(said).isZero();
            assertThat(replay.get(30, TimeUnit.SECONDS)).isZero();
        }
        assertThat(directory).isDirectoryNotContaining("glob:**/.s.PGSQL*");
    }
}
