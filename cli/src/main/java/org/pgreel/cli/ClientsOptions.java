package org.pgreel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where clients of a replay find it beside its port, and how long it waits for more of them. */
final class ClientsOptions {

    @Option(
            names = "--unix",
            paramLabel = "DIR",
            description =
                    "Listen on a Unix domain socket too, named .s.PGSQL.PORT in that directory, as libpq looks for it.")
    @Nullable
    Path unix;

    @Option(names = "--once", description = "Stop by itself when a client came and none is connected any more.")
    private boolean once;

    /** Refuses what does not go together; to be called before anything is opened. */
    void check(@Nullable List<String> words) {
        if (once && words != null) {
            throw CommandFailedException.usage("--once waits for a client, so it does not go with a COMMAND");
        }
    }

    void ends(ServerRun run, BooleanSupplier clientsGone) {
        if (once) {
            run.endsWhen(clientsGone);
        }
    }
}
