package org.pgreel.scenarios.drive;

import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.replay.script.Script;
import org.pgreel.scenarios.file.Scenario;

/** A scenario with what all of its runs share, so that thousands of them need not work it out again. Immutable. */
public final class Prepared {
    private final Scenario scenario;
    private final ToldScript told;
    private final Script script;

    private Prepared(Scenario scenario) {
        this.scenario = scenario;
        this.told = new ToldScript(scenario.script());
        this.script = scenario.expanded();
    }

    /**
     * Prepares a scenario.
     *
     * @throws UnplayableException if a ready-made block is used as it cannot be
     */
    public static Prepared of(Scenario scenario) {
        try {
            return new Prepared(scenario);
        } catch (NotationException | IllegalArgumentException unplayable) {
            throw new UnplayableException(String.valueOf(unplayable.getMessage()), unplayable);
        }
    }

    /** Returns the scenario. */
    public Scenario scenario() {
        return scenario;
    }

    ToldScript told() {
        return told;
    }

    /** Returns the script with the ready-made blocks written out. */
    Script script() {
        return script;
    }
}
