package org.pgreel.replay.rerun;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.pgreel.PgClient;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.RecordingClock;
import org.pgreel.recorder.diff.RecordingDiff;
import org.pgreel.recorder.diff.SessionDiff;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.replay.source.PlayableConnection;
import org.pgreel.replay.source.RecordingSource;
import org.pgreel.replay.source.UnplayableException;

/**
 * Runs a recording again: what its clients said is said to a live server, and its answers are compared with the recorded
 * ones.
 *
 * <p>What was said and answered in one session before something was said in another comes before it again, by the clock of
 * the recorder; so transactions meet each other's locks as they did. Each session logs in by itself, with real
 * credentials; cancel requests carry the live keys. The sessions are held in memory. Confined to one thread, which it
 * blocks.
 */
public final class Rerun {

    private final List<RecordedScript> scripts;
    private final List<String> leftOut = new ArrayList<>();

    private Rerun(List<RecordedScript> scripts) {
        this.scripts =
                scripts.stream().filter(script -> script.leftOut() == null).toList();
        for (RecordedScript script : scripts) {
            if (script.leftOut() != null) {
                leftOut.add("session " + script.number() + " is left out: " + script.leftOut());
            }
        }
    }

    /**
     * Reads what is to be run.
     *
     * @param sessions sessions of one recording
     * @throws UnplayableException if one of them is damaged, or nothing can be run
     * @throws org.pgreel.recorder.journal.JournalException if the recording cannot be read
     */
    public static Rerun of(List<RecordedSession> sessions) {
        var scripts = new ArrayList<RecordedScript>();
        for (RecordedSession session : sessions) {
            // It refuses what is damaged, beheaded or encrypted, and knows where chapters begin.
            List<PlayableConnection> playable =
                    RecordingSource.read(List.of(session)).connections();
            scripts.add(ScriptReader.read(session, playable.get(0).chapters()));
        }
        var rerun = new Rerun(scripts);
        if (rerun.scripts.isEmpty()) {
            throw new UnplayableException(
                    "The recording holds no session that can be run again: " + String.join("; ", rerun.leftOut));
        }
        return rerun;
    }

    /** Returns how many steps there are, for those who show progress. */
    public int steps() {
        return scripts.stream().mapToInt(script -> script.steps().size()).sum();
    }

    /**
     * Runs it.
     *
     * @param settings against which server
     * @param progress told after each step how many are done
     * @return what came of it
     * @throws InterruptedException if the thread is interrupted; the sessions are closed then
     */
    public RerunResult run(RerunSettings settings, IntConsumer progress) throws InterruptedException {
        RecordingClock clock = RecordingClock.system();
        var journal = new InMemoryJournal("rerun-" + clock.wallClock());
        LiveRun run;
        try (PgClient client = PgClient.builder().eventLoops(1).build()) {
            run = new LiveRun(client, new Recorder(journal), settings);
            int done = 0;
            for (Step step : inOrder()) {
                run.take(step);
                progress.accept(++done);
            }
        }
        List<RecordedSession> live = Recordings.of(journal).sessions();
        return result(run, live);
    }

    /** Runs of a recorder follow each other; within one its clock orders what several sessions did. */
    private List<Step> inOrder() {
        List<String> runs = scripts.stream().map(RecordedScript::run).distinct().toList();
        return scripts.stream()
                .flatMap(script -> script.steps().stream())
                .sorted(Comparator.<Step>comparingInt(
                                step -> runs.indexOf(step.script().run()))
                        .thenComparingLong(Step::nanos))
                .toList();
    }

    private RerunResult result(LiveRun run, List<RecordedSession> live) {
        var diffs = new ArrayList<SessionDiff>();
        var inPlace = new ArrayList<RecordedSession>();
        for (RecordedScript script : scripts) {
            Integer index = run.opened().get(script);
            if (index != null && index < live.size()) {
                inPlace.add(live.get(index));
                diffs.add(run.values().judged(SessionDiff.afterLogin(script.session(), live.get(index))));
            }
        }
        return new RerunResult(
                new RecordingDiff(diffs),
                inPlace,
                run.failures(),
                leftOut,
                versions(scripts.stream().map(script -> script.reported("server_version"))),
                versions(run.versions().stream()));
    }

    private static List<String> versions(Stream<String> versions) {
        return versions.filter(Objects::nonNull).distinct().toList();
    }
}
