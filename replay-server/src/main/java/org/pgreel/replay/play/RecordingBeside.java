package org.pgreel.replay.play;

import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.replay.source.PlayableRecording;
import org.pgreel.replay.volatility.Volatility;

/**
 * A recording that a scripted server plays beside its script: it answers what the script does not, and the script's faults
 * act on its answers. Immutable; shared by all runs.
 *
 * @param recording what was recorded
 * @param verbatim whether connections follow it message by message; otherwise statements are answered by exchanges
 * @param volatility what differs from run to run, where statements are answered by exchanges
 */
public record RecordingBeside(PlayableRecording recording, boolean verbatim, Volatility volatility) {
    /** Makes one of which nothing differs. */
    public RecordingBeside(PlayableRecording recording, boolean verbatim) {
        this(recording, verbatim, Volatility.NONE);
    }

    /** Returns the version that the recorded server reported; that of the default settings if it reported none. */
    public String version() {
        return recording.connections().stream()
                .flatMap(connection -> connection.greeting().stream())
                .filter(ParameterStatus.class::isInstance)
                .map(ParameterStatus.class::cast)
                .filter(status -> status.parameter().equals("server_version"))
                .map(ParameterStatus::value)
                .findFirst()
                .orElse(ServerSettings.DEFAULTS.version());
    }
}
