package org.pgreel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.session.Messages.IDLE;
import static org.pgreel.session.Messages.columns;
import static org.pgreel.session.Messages.done;
import static org.pgreel.session.Messages.notification;
import static org.pgreel.session.Messages.row;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.client.CopyOut;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyDone;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.wire.Bytes;

/** A paused operation holds back the server, loses nothing, and never keeps a session from ending. */
class InflowTest {

    private final SessionRig rig = SessionRig.plain().ready();
    private HeardRows rows = new HeardRows(rig);

    /** A query that pauses in its first row, of which two came. */
    private void pausedInTheFirstRow() {
        rows = new HeardRows(rig, event -> {
            if (event.equals("row 1")) {
                rows.inflow().pause();
            }
        });
        rig.watch("q", rig.session.query("q", rows));
        rig.receive(columns("n"), row("1"), row("2"));
        assertThat(rig.heard).containsExactly("columns 1", "row 1");
        assertThat(rig.effects.asked).endsWith("pauseRead");
    }

    @Test
    void nothingComesWhileItIsPausedAndAllComesBehind() {
        pausedInTheFirstRow();
        rig.receive(row("3"), notification(), done("SELECT 3"), IDLE);
        assertThat(rig.heard).containsExactly("columns 1", "row 1");

        rows.inflow().resume();

        assertThat(rig.effects.asked).endsWith("pauseRead", "resumeRead");
        assertThat(rig.heard)
                .containsExactly(
                        "columns 1",
                        "row 1",
                        "row 2",
                        "row 3",
                        "pgNotification 42 test_ch hello",
                        "completed SELECT 3",
                        "q succeeded",
                        "pgTransactionStatus I");
    }

    @Test
    void everyRowMayPause() {
        rows = new HeardRows(rig, event -> {
            if (event.startsWith("row")) {
                rows.inflow().pause();
            }
        });
        rig.watch("q", rig.session.query("q", rows));
        rig.receive(columns("n"), row("1"), row("2"), row("3"), done("SELECT 3"), IDLE);

        for (int came = 1; came <= 3; came++) {
            assertThat(rig.heard).hasSize(1 + came).last().isEqualTo("row " + came);
            rows.inflow().resume();
        }

        assertThat(rig.heard).endsWith("q succeeded", "pgTransactionStatus I");
        assertThat(rig.effects.asked).endsWith("resumeRead");
    }

    @Test
    void aCutMessageIsHeldWhereverItIsCut() {
        byte[] all = SessionRig.bytesOf(columns("n"), row("1"), row("2"), done("SELECT 2"), IDLE);
        for (int cut = 1; cut < all.length; cut++) {
            SessionRig other = SessionRig.plain().ready();
            HeardRows[] paused = new HeardRows[1];
            paused[0] = new HeardRows(other, event -> {
                if (event.equals("row 1")) {
                    paused[0].inflow().pause();
                }
            });
            other.watch("q", other.session.query("q", paused[0]));
            other.receive(java.util.Arrays.copyOf(all, cut));
            other.receive(java.util.Arrays.copyOfRange(all, cut, all.length));
            assertThat(other.heard).containsExactly("columns 1", "row 1");

            paused[0].inflow().resume();

            assertThat(other.heard)
                    .as("cut at " + cut)
                    .endsWith("row 2", "completed SELECT 2", "q succeeded", "pgTransactionStatus I");
        }
    }

    @Test
    void anEndOfTheStreamIsHeardOfBehindWhatCameBefore() {
        pausedInTheFirstRow();
        rig.core.endOfStream();
        rig.core.reset(new IOException("reset"));
        assertThat(rig.heard).containsExactly("columns 1", "row 1");

        rows.inflow().resume();

        assertThat(rig.heard)
                .containsExactly(
                        "columns 1",
                        "row 1",
                        "row 2",
                        "q: ConnectionLost may-have-executed may-have-committed",
                        "pgSessionShutdown ConnectionLost");
    }

    @Test
    void closingEndsAPausedSession() {
        pausedInTheFirstRow();
        rig.core.endOfStream();
        rig.session.close();

        assertThat(rig.heard)
                .endsWith(
                        "row 1",
                        "q: SessionClosed may-have-executed may-have-committed",
                        "pgSessionShutdown SessionClosed");
    }

    @Test
    void aStopLetsTheRestPassUnseen() {
        pausedInTheFirstRow();
        rows.inflow().stop();
        assertThat(rig.effects.asked).endsWith("pauseRead", "resumeRead");
        rows.inflow().pause();
        rig.receive(row("3"), done("SELECT 3"), IDLE);

        assertThat(rig.heard).containsExactly("columns 1", "row 1", "q succeeded", "pgTransactionStatus I");
    }

    @Test
    void aPauseBeforeItsTurnHoldsNobodyElseUp() {
        rig.query("first");
        CopyOut copy = rig.session.copyOut("copy t to stdout", new HeardRows(rig));
        rig.watch("copy", copy.done());
        copy.pause();
        rig.receive(columns("n"), row("1"), done("SELECT 1"), IDLE);
        assertThat(rig.heard).contains("first succeeded");
        assertThat(rig.effects.asked).endsWith("pauseRead");

        rig.receive(new CopyOutResponse(0, List.of(0)), new CopyData(Bytes.utf8("1\n")), new CopyDone());
        rig.receive(done("COPY 1"), IDLE);
        assertThat(rig.heard).doesNotContain("format 0");
        copy.resume();

        assertThat(rig.heard).endsWith("format 0", "data 1\n", "complete", "copy succeeded", "pgTransactionStatus I");
    }

    @Test
    void aPauseInsideTheReceiverHoldsAlsoWhenTheOwnerHasOtherTasks() {
        rows = new HeardRows(rig, event -> {
            if (event.equals("row 1")) {
                rig.effects.owned = false;
                rows.inflow().pause();
            }
        });
        rig.watch("q", rig.session.query("q", rows));
        rig.receive(columns("n"), row("1"), row("2"));

        assertThat(rig.heard).containsExactly("columns 1", "row 1");
        assertThat(rig.effects.asked).endsWith("pauseRead");
        assertThat(rig.effects.queued).isEmpty();
    }

    @Test
    void aPauseFromAnotherThreadIsTakenByTheOwner() {
        rows = new HeardRows(rig);
        rig.watch("q", rig.session.query("q", rows));
        rig.effects.owned = false;
        rows.inflow().pause();
        assertThat(rig.effects.asked).doesNotContain("pauseRead");

        rig.effects.queued.remove().run();
        assertThat(rig.effects.asked).endsWith("pauseRead");
        rows.inflow().resume();
        rig.effects.queued.remove().run();

        assertThat(rig.effects.asked).endsWith("pauseRead", "resumeRead");
    }
}
