package org.pgreel.scenarios.sweep;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgreel.client.ConnectOptions;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.replay.play.PreparedScript;
import org.pgreel.scenarios.drive.Asked;
import org.pgreel.scenarios.drive.UnplayableException;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.simulation.SimulatedSession;

/**
 * A session that is swept: a scenario with what all its runs share, and what its first run, in which nothing goes wrong,
 * has shown. Its runs come from one thread at a time.
 */
public final class Subject {
    /** Fixed, so that each run says the same. */
    static final String PASSWORD = "a password of no account";

    private final Scenario scenario;
    private final PreparedScript script;
    private final Asked asked;
    private final RunJournal journal = new RunJournal();
    private final ConnectOptions options;
    private final KeyTable keys = new KeyTable();
    private final Trace calm;
    private final CalmJournal calmJournal;
    private final Map<Answered, Set<String>> numbers = new HashMap<>();
    private final Set<String> allNumbers = new HashSet<>();
    private final int largest;

    /**
     * Makes a scenario ready to be swept, and plays it once.
     *
     * @param scenario about one session that connects of itself
     * @throws UnplayableException if it cannot be swept, or does not pass by itself
     */
    public Subject(Scenario scenario) {
        this.scenario = scenario;
        this.script = new PreparedScript(
                scenario.expanded(),
                scenario.settings()
                        .withAuthentication(scenario.server().auth(), PASSWORD)
                        .withScramIterations(1));
        this.asked = Asked.of(scenario);
        this.options = draft().build();
        this.calm = Play.calm(this);
        if (!calm.wellPlayed()) {
            throw new UnplayableException(
                    "the scenario \"" + scenario.name() + "\" cannot be swept: " + calm.mismatch(), null);
        }
        this.calmJournal = new CalmJournal(journal.entries());
        calm.answers().forEach((answered, words) -> {
            Set<String> found = Numbers.in(words);
            numbers.put(answered, found);
            allNumbers.addAll(found);
        });
        this.largest = largest(calm.streams());
    }

    private static int largest(List<SweptStream> streams) {
        int largest = 0;
        for (SweptStream stream : streams) {
            for (int i = 1; i < stream.boundaries().size(); i++) {
                largest = Math.max(
                        largest,
                        stream.boundaries().get(i) - stream.boundaries().get(i - 1));
            }
        }
        return largest;
    }

    /** Returns the scenario. */
    public Scenario scenario() {
        return scenario;
    }

    /** Returns what each connection said in each direction, in order. */
    public List<SweptStream> streams() {
        return calm.streams();
    }

    /** Returns how the run in which nothing but the scenario's own faults goes wrong breaks invariants; empty if it does not. */
    public List<String> broken() {
        return Invariant.ALL.stream()
                .flatMap(invariant -> invariant.broken(this, calm).stream())
                .toList();
    }

    /** Returns the run in which nothing goes wrong. */
    public Trace calm() {
        return calm;
    }

    /** Returns the journal of the run in which nothing goes wrong. */
    CalmJournal calmJournal() {
        return calmJournal;
    }

    /** Returns the bytes of the largest message in the run in which nothing goes wrong. */
    int largestMessage() {
        return largest;
    }

    PreparedScript script() {
        return script;
    }

    Asked asked() {
        return asked;
    }

    /** Returns the options with which the client connects, a bug in them included. */
    ConnectOptions options(Plant plant) {
        return plant == Plant.NONE ? options : plant.options(draft()).build();
    }

    private ConnectOptionsBuilder draft() {
        return asked.options(PASSWORD, SimulatedSession.SERVER)
                .operationTimeout(Play.OPERATION_LIMIT)
                .tap(journal);
    }

    RunJournal journal() {
        return journal;
    }

    KeyTable keys() {
        return keys;
    }

    /** Returns the numbers by which an answer is known; empty if it has none. */
    Set<String> numbers(Answered answered) {
        return numbers.getOrDefault(answered, Set.of());
    }

    /** Returns the numbers of all answers. */
    Set<String> allNumbers() {
        return allNumbers;
    }
}
