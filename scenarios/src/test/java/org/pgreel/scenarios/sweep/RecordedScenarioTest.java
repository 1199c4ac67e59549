package org.pgreel.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.scenarios.drive.UnplayableException;
import org.pgreel.scenarios.file.Scenario;

/** What was recorded of any client is asked again by ours, at a server that answers as the recorded one did. */
@Timeout(120)
class RecordedScenarioTest {
    private static final String LOGIN = """
            tape 1

            session 1
            F StartupMessage 3.0 user="app" database="shop"
            B AuthenticationOk
            B ParameterStatus "server_version" "16.4"
            B BackendKeyData 7 <secret:4>
            B ReadyForQuery I
            """;

    @TempDir
    Path directory;

    private RecordedSession session(String lines) throws IOException {
        Path tape = directory.resolve("recorded.pgreel");
        Files.writeString(tape, LOGIN + lines + "F Terminate\n");
        return Recordings.open(tape).session(1).orElseThrow();
    }

    private Scenario scenario(String lines) throws IOException {
        return RecordedScenario.of("recorded", session(lines));
    }

    private static void holdsEverywhere(Scenario scenario) {
        var subject = new Subject(scenario);
        Sweep.Result result =
                new Sweep(subject, new Sweep.Options(tamper -> true, way -> true, false, 17), Plant.NONE).run();
        assertThat(result.broken()).isEmpty();
        assertThat(result.runs()).isPositive();
    }

    @Test
    void statementsAreAskedAsTheyWereAndFail() throws IOException {
        Scenario scenario = scenario("""
                F Query "begin"
                B CommandComplete "BEGIN"
                B ReadyForQuery T
                F Query "select 1 as n; select 2 as n"
                B RowDescription n:int4
                B DataRow "1"
                B CommandComplete "SELECT 1"
                B RowDescription n:int4
                B DataRow "2"
                B CommandComplete "SELECT 1"
                B ReadyForQuery T
                F Query "select 1/0"
                B ErrorResponse ERROR 22012 "division by zero"
                B ReadyForQuery E
                F Query "rollback"
                B CommandComplete "ROLLBACK"
                B ReadyForQuery I
                """);

        assertThat(new Subject(scenario).calm().text())
                .contains("BEGIN")
                .contains("22012")
                .contains("ROLLBACK");
        holdsEverywhere(scenario);
    }

    @Test
    void theExtendedProtocolOfAnotherClientBecomesStatementsOfOurs() throws IOException {
        Scenario scenario = scenario("""
                F Parse "S_1" "select name from shop where id = $1 and price < $2" [int4 0]
                F Bind "" "S_1" formats=[binary text] values=[x"0000002a" "9.5"] results=[binary]
                F Describe P
                F Execute
                F Sync
                B ParseComplete
                B BindComplete
                B RowDescription id:int4/binary name:text
                B DataRow x"0000002a" "tea"
                B CommandComplete "SELECT 1"
                B ReadyForQuery I
                F Parse "" "select nonsense"
                F Bind
                F Describe P
                F Execute
                F Sync
                B ErrorResponse ERROR 42703 "column \\"nonsense\\" does not exist"
                B ReadyForQuery I
                """);

        assertThat(scenario.script().print())
                .contains("> query \"select name from shop where id = $1 and price < $2\" \"42\" \"9.5\"")
                .contains("B DataRow \"42\" \"tea\"");
        assertThat(new Subject(scenario).calm().text()).contains("42703");
        holdsEverywhere(scenario);
    }

    @Test
    void aStatementThatFailedFirstIsDescribedAsWhatItGivesLater() throws IOException {
        String asked = """
                F Parse "" "select count(*) from tea"
                F Bind
                F Describe P
                F Execute
                F Sync
                """;
        Scenario scenario = scenario(asked + """
                B ErrorResponse ERROR 42P01 "there is no such relation"
                B ReadyForQuery I
                """ + asked + """
                B ParseComplete
                B BindComplete
                B RowDescription count:int8
                B DataRow "7"
                B CommandComplete "SELECT 1"
                B ReadyForQuery I
                """);

        assertThat(new Subject(scenario).calm().text()).contains("42P01").contains("SELECT 1");
    }

    @Test
    void copyInBothDirectionsIsAskedAgain() throws IOException {
        Scenario scenario = scenario("""
                F Query "copy shop from stdin"
                B CopyInResponse text [text]
                F CopyData "tea\\n"
                F CopyData "milk\\n"
                F CopyDone
                B CommandComplete "COPY 2"
                B ReadyForQuery I
                F Query "copy shop to stdout"
                B CopyOutResponse text [text]
                B CopyData "tea\\n"
                B CopyData "milk\\n"
                B CopyDone
                B CommandComplete "COPY 2"
                B ReadyForQuery I
                """);

        assertThat(new Subject(scenario).calm().text()).contains("COPY 2");
        holdsEverywhere(scenario);
    }

    private RecordedSession loggedInBy(String login) throws IOException {
        Path tape = directory.resolve("login.pgreel");
        Files.writeString(tape, "tape 1\n\nsession 1\n" + login + """
                B AuthenticationOk
                B ParameterStatus "server_version" "16.4"
                B BackendKeyData 7 <secret:4>
                B ReadyForQuery I
                F Query "select 1"
                B RowDescription n:int4
                B DataRow "1"
                B CommandComplete "SELECT 1"
                B ReadyForQuery I
                F Terminate
                """);
        return Recordings.open(tape).session(1).orElseThrow();
    }

    private static List<String> said(Subject subject, Direction direction) {
        return subject.streams().stream()
                .filter(stream -> stream.direction() == direction)
                .flatMap(stream -> stream.names().stream())
                .toList();
    }

    @Test
    void aLoginByScramInsideTlsIsDoneAfresh() throws IOException {
        Scenario scenario = RecordedScenario.of("recorded", loggedInBy("""
                F SSLRequest
                B SSLResponse S
                F StartupMessage 3.0 user="app" database="shop"
                B AuthenticationSASL "SCRAM-SHA-256-PLUS" "SCRAM-SHA-256"
                F SASLInitialResponse "SCRAM-SHA-256-PLUS" "p=tls-server-end-point,,n=,r=abcdefgh"
                B AuthenticationSASLContinue "r=abcdefghijkl,s=c2FsdA==,i=4096"
                F SASLResponse "c=AAAA,r=abcdefghijkl,p="<secret:44>
                B AuthenticationSASLFinal "v="<secret:44>
                """));

        var subject = new Subject(scenario);
        assertThat(said(subject, Direction.FRONTEND))
                .containsSequence("SSLRequest", "StartupMessage", "SASLInitialResponse", "SASLResponse", "Query");
        assertThat(said(subject, Direction.BACKEND)).contains("AuthenticationSASLFinal");
        assertThat(subject.calm().text()).contains("SELECT 1");
        holdsEverywhere(scenario);
    }

    @Test
    void aLoginByPasswordIsDoneAfreshAlsoWithoutTls() throws IOException {
        Scenario hashed = RecordedScenario.of("recorded", loggedInBy("""
                F StartupMessage 3.0 user="app" database="shop"
                B AuthenticationMD5Password x"01020304"
                F PasswordMessage <secret:35>
                """));
        Scenario clear = RecordedScenario.of("recorded", loggedInBy("""
                F StartupMessage 3.0 user="app" database="shop"
                B AuthenticationCleartextPassword
                F PasswordMessage <secret:6>
                """));

        for (Scenario scenario : List.of(hashed, clear)) {
            assertThat(said(new Subject(scenario), Direction.FRONTEND)).contains("PasswordMessage");
            holdsEverywhere(scenario);
        }
    }

    @Test
    void whatCannotBeAskedAgainIsToldWithItsPlace() {
        assertThatThrownBy(() -> scenario("""
                F FunctionCall 1299
                B FunctionCallResponse "x"
                B ReadyForQuery I
                """))
                .isInstanceOf(UnplayableException.class)
                .hasMessageContaining("function calls are not asked again")
                .hasMessageContaining("message 6");
    }

    @Test
    void whatWasNotAnsweredToItsEndIsNotAsked() throws IOException {
        Scenario scenario = scenario("""
                F Query "select 1"
                B RowDescription n:int4
                B DataRow "1"
                B CommandComplete "SELECT 1"
                B ReadyForQuery I
                F Query "select pg_sleep(1000)"
                """);

        assertThat(scenario.script().print()).doesNotContain("pg_sleep");
        holdsEverywhere(scenario);
    }

    @Test
    void partsAddUpToTheWhole() throws IOException {
        var subject = new Subject(Golden.named("simple"));
        var options = new Sweep.Options(tamper -> true, way -> true, false, 101);

        Sweep.Result whole = new Sweep(subject, options, Plant.NONE).run();
        Sweep.Result parts = new Sweep(subject, options, Plant.NONE)
                .only(new Sweep.Share(0, 2, () -> false))
                .run()
                .plus(new Sweep(subject, options, Plant.NONE)
                        .only(new Sweep.Share(1, 2, () -> false))
                        .run());

        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void whatTheTimeDidNotSufficeForIsCounted() throws IOException {
        var subject = new Subject(Golden.named("simple"));

        Sweep.Result result = new Sweep(subject, Sweep.Options.ALL, Plant.NONE)
                .only(new Sweep.Share(0, 1, () -> true))
                .run();

        assertThat(result.runs()).isZero();
        assertThat(result.skipped()).containsKey("the time was over");
        assertThat(result.skipped().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(result.product());
    }
}
