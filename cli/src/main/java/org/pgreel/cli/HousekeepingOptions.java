package org.pgreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.engine.ReplaySettings;
import org.pgreel.replay.exchange.HousekeepingFile;
import picocli.CommandLine.Option;

/** What drivers and pools ask beside the application, besides what comes with PgReel. */
final class HousekeepingOptions {

    @Option(
            names = "--housekeeping",
            paramLabel = "FILE",
            description =
                    "With --match exchange: statements that are answered whether they were recorded or not, and never "
                            + "missed or left over, one a line with its answer. May be given several times.")
    List<Path> files = new ArrayList<>();

    /** Adds the files to the settings. */
    ReplaySettings addTo(ReplaySettings settings) {
        ReplaySettings added = settings;
        for (Path file : files) {
            try {
                added = added.withHousekeeping(HousekeepingFile.parse(Files.readString(file)));
            } catch (IOException e) {
                throw CommandFailedException.inputOutput(file + " cannot be read: " + Failures.what(e), e);
            } catch (NotationException e) {
                throw CommandFailedException.inputOutput(file + ": " + e.getMessage(), e);
            }
        }
        return added;
    }
}
