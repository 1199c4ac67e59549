package org.pgreel.replay.play;

import org.pgreel.replay.script.Script;

/** What a script says when the ready-made blocks are written out. */
public final class Expansion {
    private Expansion() {}

    /**
     * Returns the script with the blocks' own lines in the place of each {@code use}; housekeeping stays, being no
     * lines. Comments that stand alone are left out.
     *
     * @param script what is expanded
     * @param settings what the blocks depend on, such as the way to log in
     * @throws org.pgreel.protocol.transcript.NotationException if a ready-made block is used as it cannot be
     */
    public static Script of(Script script, ServerSettings settings) {
        return new Script(new Blocks(settings).expanded(script.lines()));
    }
}
