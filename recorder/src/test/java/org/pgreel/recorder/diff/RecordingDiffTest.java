package org.pgreel.recorder.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.recorder.diff.Difference.Kind;
import org.pgreel.recorder.projection.RealSessions;
import org.pgreel.recorder.recording.Recordings;

/** What counts as behaviour, and what changes from run to run by itself. */
class RecordingDiffTest {

    private static final String SESSION = """
            tape 1

            session 1
            F StartupMessage 3.0 user="ada"
            B AuthenticationOk
            B BackendKeyData 4711 x"01020304"
            B ReadyForQuery I
            F Parse "s1" "select n, m from t where n = $1" [int4]
            F Bind "" "s1" values=["7"]
            F Execute ""
            F Sync
            B ParseComplete
            B BindComplete
            B RowDescription n:int4/table=16500/number=1 m:99000/length=-1
            B DataRow "7" "x"
            B DataRow "8" "y"
            B CommandComplete "SELECT 2"
            B ReadyForQuery I
            F Query "drop table if exists u"
            B NoticeResponse NOTICE 00000 "table \\"u\\" does not exist, skipping" F="tablecmds.c" L="1300" R="Drop"
            B CommandComplete "DROP TABLE"
            B ReadyForQuery I
            F Query "select 1/0"
            B ErrorResponse ERROR 22012 "division by zero" F="int.c" L="841" R="int4div"
            B ReadyForQuery I
            """;

    @TempDir
    Path directory;

    private RecordingDiff diff(String left, String right) throws IOException {
        Path one = Files.writeString(directory.resolve("a.pgreel"), left);
        Path other = Files.writeString(directory.resolve("b.pgreel"), right);
        return RecordingDiff.of(
                Recordings.open(one).sessions(), Recordings.open(other).sessions());
    }

    private List<Kind> kinds(String from, String to) throws IOException {
        assertThat(SESSION).contains(from);
        return diff(SESSION, SESSION.replace(from, to)).sessions().get(0).differences().stream()
                .map(Difference::kind)
                .toList();
    }

    @Test
    void equalSessionsDoNotDiffer() throws IOException {
        assertThat(diff(SESSION, SESSION).sessions().get(0).differences()).isEmpty();
    }

    @Test
    void whatChangesByItselfIsBenign() throws IOException {
        assertThat(kinds("4711", "4712")).containsExactly(Kind.PID);
        assertThat(kinds("x\"01020304\"", "x\"0102030405060708\"")).containsExactly(Kind.KEY);
        assertThat(kinds("16500", "16700")).containsExactly(Kind.OID);
        assertThat(kinds("m:99000", "m:99001")).containsExactly(Kind.OID);
        assertThat(kinds("\"s1\"", "\"c_9\"")).containsOnly(Kind.NAME);
        assertThat(kinds("L=\"841\"", "L=\"850\"")).containsExactly(Kind.SOURCE);
        assertThat(kinds("L=\"1300\"", "L=\"1301\"")).containsExactly(Kind.SOURCE);
    }

    @Test
    void whatIsAskedAndWhatComesOfItIsBehaviour() throws IOException {
        assertThat(kinds("22012", "22003")).containsExactly(Kind.SQLSTATE);
        assertThat(kinds("ERROR 22012", "FATAL 22012")).containsExactly(Kind.SQLSTATE);
        assertThat(kinds("\"division by zero\"", "\"division by nil\"")).containsExactly(Kind.VALUE);
        assertThat(kinds("DataRow \"8\" \"y\"", "DataRow \"8\" \"z\"")).containsExactly(Kind.VALUE);
        assertThat(kinds("DataRow \"8\" \"y\"", "DataRow \"8\" null")).containsExactly(Kind.VALUE);
        assertThat(kinds("values=[\"7\"]", "values=[\"6\"]")).containsExactly(Kind.VALUE);
        assertThat(kinds("n:int4", "n:int8")).containsExactly(Kind.VALUE);
        assertThat(kinds("B DataRow \"8\" \"y\"\n", "")).containsExactly(Kind.MESSAGE);
        assertThat(kinds("drop table if exists u", "drop table if exists v")).containsExactly(Kind.VALUE);
        assertThat(kinds(
                        "B NoticeResponse NOTICE 00000 \"table \\\"u\\\" does not exist, skipping\" F=\"tablecmds.c\""
                                + " L=\"1300\" R=\"Drop\"\n",
                        ""))
                .containsExactly(Kind.MESSAGE);
        assertThat(
                        kinds(
                                "F Query \"select 1/0\"",
                                "F Query \"select 0\"\nB CommandComplete \"SELECT 0\"\nB ReadyForQuery I\nF Query \"select 1/0\""))
                .containsExactly(Kind.ROUND_TRIP);
    }

    @Test
    void aDifferenceNamesTheMessagesOfBoth() throws IOException {
        String longer = SESSION.replace(
                "F Query \"drop",
                "F Query \"select 0\"\nB CommandComplete \"SELECT 0\"\nB ReadyForQuery I\nF Query \"drop");

        List<Difference> found = diff(SESSION, longer.replace("22012", "22003"))
                .sessions()
                .get(0)
                .behaviour();

        assertThat(found)
                .extracting(Difference::what)
                .containsExactly("a round trip more: 3 messages", "ERROR 22012 became ERROR 22003");
        assertThat(found.get(0).left()).isNull();
        assertThat(found.get(1).left())
                .satisfies(message -> assertThat(message.number()).isEqualTo(21));
        assertThat(found.get(1).right())
                .satisfies(message -> assertThat(message.number()).isEqualTo(24));
    }

    @Test
    void sessionsArePairedByTheirLogin() throws IOException {
        String two = SESSION + "\n"
                + SESSION.substring(SESSION.indexOf("session 1"))
                        .replace("session 1", "session 2")
                        .replace("ada", "bob");
        String onlyBob = SESSION.replace("ada", "bob");

        RecordingDiff diff = diff(two, onlyBob);

        assertThat(diff.behaviour()).isEqualTo(1);
        assertThat(diff.sessions().get(0).differences())
                .extracting(Difference::kind)
                .containsExactly(Kind.SESSION);
        assertThat(diff.sessions().get(1).differences()).isEmpty();
    }

    @Test
    void twoRunsOfAProgramAgainstARealServerBehaveTheSame() throws Exception {
        RecordingDiff diff = RecordingDiff.of(RealSessions.record(), RealSessions.record());

        assertThat(diff.sessions()).hasSize(2);
        assertThat(diff.sessions())
                .allSatisfy(session -> assertThat(session.behaviour()).isEmpty());
        assertThat(diff.sessions().get(0).differences())
                .extracting(Difference::kind)
                .contains(Kind.PID, Kind.NONCE, Kind.OID, Kind.TIMING);
    }
}
