package org.pgreel.replay.play;

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
}
