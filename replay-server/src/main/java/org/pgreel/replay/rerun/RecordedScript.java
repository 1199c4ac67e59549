package org.pgreel.replay.rerun;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.recording.RecordedSession;

/** One recorded session as it is run again: its login, and what follows in steps. Filled by {@link ScriptReader}. */
final class RecordedScript {
    private final RecordedSession session;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, String> startup = new LinkedHashMap<>();
    private final Map<String, String> reported = new LinkedHashMap<>();
    private final Map<Long, List<DataRow>> rows = new HashMap<>();
    private int startupVersion;
    private @Nullable String leftOut;

    RecordedScript(RecordedSession session) {
        this.session = session;
    }

    RecordedSession session() {
        return session;
    }

    int number() {
        return session.number();
    }

    /** Returns the run of the recorder: times are compared within one run only. */
    String run() {
        SessionOpened opened = session.opened();
        return opened == null ? "" : opened.run();
    }

    List<Step> steps() {
        return steps;
    }

    /** Returns the parameters of the recorded StartupMessage. */
    Map<String, String> startup() {
        return startup;
    }

    int startupVersion() {
        return startupVersion;
    }

    void startsWith(int version, Map<String, String> parameters) {
        startupVersion = version;
        startup.clear();
        startup.putAll(parameters);
    }

    /** The server reported a parameter at login. */
    void reported(String name, String value) {
        reported.put(name, value);
    }

    /** Returns what the recorded server reported at login; null if it did not. */
    @Nullable
    String reported(String name) {
        return reported.get(name);
    }

    /** A row answered the client's message of that number, those of the login not counted. */
    void row(long answers, DataRow row) {
        rows.computeIfAbsent(answers, number -> new ArrayList<>()).add(row);
    }

    /** Returns the rows that answered the client's message of that number. */
    List<DataRow> rows(long answers) {
        return rows.getOrDefault(answers, List.of());
    }

    /** It is not run, for a reason that is part of a sentence. */
    void leaveOut(String why) {
        if (leftOut == null) {
            leftOut = why;
        }
    }

    /** Returns why it is not run; null if it is. */
    @Nullable
    String leftOut() {
        return leftOut;
    }
}
