package org.pgreel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalException;
import org.pgreel.recorder.projection.TranscriptProjection;
import org.pgreel.recorder.recording.JournalFollower;
import org.pgreel.recorder.verify.BadEvent;
import picocli.CommandLine;

/**
 * Prints transcripts while their sessions are recorded. Lines of several sessions stand in the order in which they were
 * read; a comment tells whenever another session goes on.
 */
final class ShowFollowing implements JournalFollower.Listener {

    /** How long nothing is read when nothing came. */
    private static final long PAUSE_MILLIS = 50;

    private final PrintWriter out;
    private final PrintWriter err;
    private final OutputOptions output;
    private final Paint paint;
    private final TranscriptProjection.Detail detail;
    private final Map<Integer, Transcript> transcripts = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();
    private int wanted;
    private int current;
    private boolean seen;
    private int status = ExitStatus.DONE;

    /** What is printed of one session. */
    private record Transcript(StringBuilder text, TranscriptProjection projection) {}

    ShowFollowing(CommandLine command, OutputOptions output, TranscriptProjection.Detail detail) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.output = output;
        this.paint = output.paint();
        this.detail = detail;
    }

    int run(RecordingName name, boolean untilClosed) throws InterruptedException {
        Integer session = name.session();
        wanted = session == null ? 0 : session;
        var stop = new CountDownLatch(1);
        StopSignal signal = StopSignal.listening();
        signal.whenAsked(stop::countDown);
        try (JournalFollower follower = JournalFollower.of(name.path())) {
            boolean over = false;
            while (!over) {
                boolean anything = follower.poll(this);
                out.flush();
                over = untilClosed && seen && open.isEmpty() && !anything
                        || !anything && stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        || stop.getCount() == 0;
            }
        } catch (JournalException e) {
            throw CommandFailedException.inputOutput(Failures.what(e), e);
        } finally {
            signal.stopped(status);
        }
        return status;
    }

    @Override
    public void event(int session, SessionEvent event) {
        if (wanted != 0 && session != wanted) {
            return;
        }
        seen = true;
        Transcript transcript = transcripts.computeIfAbsent(session, number -> {
            open.add(number);
            var text = new StringBuilder();
            return new Transcript(text, new TranscriptProjection(text, detail));
        });
        event.dispatch(transcript.projection());
        print(session, transcript.text());
        if (event instanceof SessionClosed) {
            over(session);
        }
    }

    private void print(int session, StringBuilder text) {
        if (text.isEmpty()) {
            return;
        }
        if (output.json) {
            text.toString().lines().forEach(line -> {
                var fields = new LinkedHashMap<String, Object>();
                fields.put("session", session);
                fields.put("line", line);
                out.println(Json.line(fields));
            });
        } else {
            if (wanted == 0 && session != current) {
                out.println(paint.faint("# session " + session));
            }
            print(text);
        }
        current = session;
        text.setLength(0);
    }

    private void print(StringBuilder text) {
        try {
            paint.transcript(out).append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void over(int session) {
        open.remove(session);
        transcripts.remove(session);
    }

    @Override
    public void damaged(int session, BadEvent bad) {
        if (wanted == 0 || session == wanted) {
            damaged("session " + session + " is damaged: event " + bad.sequence() + " " + bad.what());
            over(session);
        }
    }

    @Override
    public void damaged(String what) {
        status = ExitStatus.CHECK_FAILED;
        err.println("pgreel: " + what);
        err.flush();
    }
}
