package org.pgreel.replay.rerun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pgreel.PgClient;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;
import org.pgreel.recorder.Chapters;
import org.pgreel.recorder.Recorder;

/** Carries out the steps of a rerun, one after the other. Confined to one thread, which it blocks. */
final class LiveRun {
    /** A session that has something under way is given so long to end when it is closed. */
    private static final Duration END = Duration.ofSeconds(5);

    private static final String DATE_STYLE = "DateStyle";

    private final PgClient client;
    private final Recorder recorder;
    private final RerunSettings settings;
    private final Map<RecordedScript, LiveScript> running = new LinkedHashMap<>();
    private final Map<RecordedScript, Long> sent = new HashMap<>();
    private final Map<RecordedScript, Integer> opened = new LinkedHashMap<>();
    private final Set<String> versions = new LinkedHashSet<>();
    private final List<String> failures = new ArrayList<>();
    private final BoundValues values;

    LiveRun(PgClient client, Recorder recorder, RerunSettings settings) {
        this.client = client;
        this.recorder = recorder;
        this.settings = settings;
        this.values = new BoundValues(settings.volatility());
    }

    /** Returns which values stand for recorded ones. */
    BoundValues values() {
        return values;
    }

    /** Returns which sessions were begun: their positions among all that were. */
    Map<RecordedScript, Integer> opened() {
        return opened;
    }

    /** Returns what could not be carried out, as sentences. */
    List<String> failures() {
        return failures;
    }

    /** Returns what the live servers called their versions. */
    Set<String> versions() {
        return versions;
    }

    void take(Step step) throws InterruptedException {
        if (step instanceof Step.Open open) {
            open(open.script());
            return;
        }
        LiveScript live = running.get(step.script());
        if (live == null) {
            return;
        }
        if (step instanceof Step.Send send) {
            sent.put(step.script(), step.nanos());
            if (!live.isOver() && !live.send(send.messages())) {
                failures.add(at(step.script(), send.number())
                        + " cannot be sent: the live server's answers before it leave no room for it");
                end(step.script(), live);
            }
        } else if (step instanceof Step.Await await) {
            await(await, live);
        } else if (step instanceof Step.Cancel) {
            waitAsRecorded(step, live);
            cancel(live);
        } else if (step instanceof Step.Mark mark) {
            live.session().mark(Chapters.marker(mark.chapter()));
        } else {
            end(step.script(), live);
        }
    }

    private static String at(RecordedScript script, long number) {
        return "message " + number + " of session " + script.number();
    }

    private void open(RecordedScript script) throws InterruptedException {
        opened.put(script, opened.size());
        var live = new LiveScript(script, values);
        live.relay(client.relay(options(script).build(), live, live));
        Session session = live.session();
        try {
            session.ready().get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
            versions.add(session.parameters().getOrDefault("server_version", ""));
            running.put(script, live);
        } catch (ExecutionException e) {
            failures.add("session " + script.number() + " cannot log in: "
                    + session.shutdownReason()
                            .map(reason -> reason.sentence())
                            .orElseGet(() -> String.valueOf(e.getMessage())));
        } catch (TimeoutException e) {
            failures.add("session " + script.number() + " is not logged in after " + patience());
            end(session);
        }
    }

    private String patience() {
        return settings.patience().toMillis() / 1000.0 + " s";
    }

    private ConnectOptionsBuilder options(RecordedScript script) {
        ConnectOptionsBuilder options = settings.server().get().tap(new ScriptTap(recorder, script));
        script.startup().forEach((name, value) -> {
            String known = name.toLowerCase(Locale.ROOT);
            boolean ours = known.equals("client_encoding") || known.equals("datestyle") || known.startsWith("_pq_.");
            if (!ours) {
                options.parameter(name, value);
            }
        });
        String dates = script.reported(DATE_STYLE);
        if (dates != null) {
            options.parameter(DATE_STYLE, dates);
        }
        if (settings.user() != null) {
            options.user(settings.user());
        }
        if (settings.database() != null) {
            options.database(settings.database());
        }
        return options;
    }

    private void await(Step.Await step, LiveScript live) throws InterruptedException {
        if (!live.awaitAnswers(step.answered(), settings.patience())) {
            failures.add("session " + step.script().number() + " has not answered after " + patience()
                    + " what message " + step.number() + " of the recording answers; it is cancelled and closed");
            cancel(live);
            end(step.script(), live);
        } else if (!live.awaitNotifications(step.notifications(), settings.patience())) {
            failures.add("session " + step.script().number() + " got no notification after " + patience() + " where "
                    + at(step.script(), step.number()) + " is one");
            end(step.script(), live);
        }
    }

    /**
     * A request that overtakes the server's work on the statement cancels more of it than the recorded one did, so it comes
     * as late behind the statement as that.
     */
    private void waitAsRecorded(Step step, LiveScript live) throws InterruptedException {
        long late = step.nanos() - sent.getOrDefault(step.script(), step.nanos());
        try {
            live.session().ended().get(Math.min(late, settings.patience().toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException goesOn) {
            // As expected: the session is not over.
            return;
        }
    }

    private static void cancel(LiveScript live) throws InterruptedException {
        settle(live.session().cancel());
    }

    private void end(RecordedScript script, LiveScript live) throws InterruptedException {
        running.remove(script);
        end(live.session());
    }

    private static void end(Session session) throws InterruptedException {
        session.close();
        settle(session.ended());
    }

    private static void settle(CompletableFuture<?> future) throws InterruptedException {
        try {
            future.get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // What became of it is in the recording.
            return;
        }
    }
}
