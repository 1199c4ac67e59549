package org.pgreel.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.replay.TestRecording.row;

import java.util.List;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.Sync;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.message.Values;
import org.pgreel.replay.TestRecording;
import org.pgreel.replay.report.ConnectionReport;

/** A recording made by the test, and an engine that plays it by the default settings. */
class PlayedRecording {
    static final FrontendMessage[] INSERT = {
        new Parse("", "insert into t values ($1)", List.of(25)),
        new Bind("", "", List.of(0), Values.ofText("a"), List.of()),
        new Execute("", 0),
        new Sync()
    };

    final TestRecording recording = new TestRecording();

    ReplayEngine engine() {
        return new ReplayEngine(recording.playable(), ReplaySettings.DEFAULTS, new SeededEntropy());
    }

    TestRecording.Connection twoQueries() {
        return recording
                .connection("alice", 7)
                .sends(new Query("select 1"))
                .answers(row("1"))
                .sends(new Query("select 2"))
                .answers(row("2"))
                .sends(new Terminate());
    }

    static ConnectionReport only(ReplayEngine engine) {
        assertThat(engine.report().connections()).hasSize(1);
        return engine.report().connections().get(0);
    }
}
