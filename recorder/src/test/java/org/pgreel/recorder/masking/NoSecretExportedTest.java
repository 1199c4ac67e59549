package org.pgreel.recorder.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.message;
import static org.pgreel.recorder.Conversations.string;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.export.ExportFormat;
import org.pgreel.recorder.export.SessionExporter;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.recorder.recording.TapePack;
import org.pgreel.recorder.redaction.SqlSecrets;
import org.pgreel.recorder.tape.TapeForm;
import org.pgreel.tap.SessionTap;

/** No secret of a login, and no password in SQL, stands in any export or on any tape. */
@Timeout(120)
class NoSecretExportedTest {

    private static final String SECRET = "hunter2''x";

    private static final List<String> STATEMENTS = List.of(
            "ALTER ROLE ada PASSWORD '" + SECRET + "'",
            "create user bob with login encrypted password\n\t'" + SECRET + "' valid until 'infinity'",
            "alter user ada password E'" + SECRET + "'",
            "alter user ada password U&'" + SECRET + "'",
            "alter user ada password $$" + SECRET + "$$",
            "alter user ada password $tag$" + SECRET + "$tag$",
            "alter user ada password /* the new one */ '" + SECRET + "'",
            "alter user ada password -- so be it\n '" + SECRET + "'",
            "create user mapping for ada server s options (user 'ada', password '" + SECRET + "')",
            "create subscription s connection 'host=h user=u password=hunter2x' publication p",
            "select * from dblink('host=h password=hunter2x', 'select 1') as t(n int)",
            "select dblink_connect('named', 'postgresql://ada:hunter2x@h/db')",
            "alter role ada password '" + SECRET);

    private static InMemoryJournal recorded(List<Logins.Step> steps) {
        var journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        SessionTap session = recorder.sessionOpened(Conversations.opening());
        session.connectionOpened(1);
        for (Logins.Step step : steps) {
            if (step.direction() == Direction.FRONTEND) {
                Conversations.written(session, step.bytes());
            } else {
                Conversations.read(session, step.bytes());
            }
        }
        Conversations.end(session);
        return journal;
    }

    private static Stream<String> everywhere(InMemoryJournal journal) throws IOException {
        List<RecordedSession> sessions = Recordings.of(journal).sessions();
        Stream.Builder<String> written = Stream.builder();
        for (ExportFormat format : ExportFormat.values()) {
            var out = new ByteArrayOutputStream();
            new SessionExporter(format).write(sessions, out);
            written.add(out.toString(StandardCharsets.ISO_8859_1));
        }
        var tape = new ByteArrayOutputStream();
        new TapePack(TapeForm.TEXT).write(sessions, tape);
        return written.add(tape.toString(StandardCharsets.ISO_8859_1)).build();
    }

    static Stream<Logins.Login> logins() {
        return Logins.all();
    }

    @ParameterizedTest
    @MethodSource("logins")
    void noExportHoldsASecretOfTheLogin(Logins.Login login) throws IOException {
        for (String export : everywhere(recorded(login.steps())).toList()) {
            for (byte[] spelling : login.spellings()) {
                assertThat(export).doesNotContain(new String(spelling, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noExportHoldsAPasswordOfAStatement(boolean prepared) throws IOException {
        var journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        SessionTap session = Conversations.begin(recorder);
        for (String sql : STATEMENTS) {
            byte[] asked = prepared
                    ? Conversations.join(message('P', string(""), string(sql), new byte[2]), message('S'))
                    : Conversations.query(sql);
            // Cut in the midst of the secret.
            int cut = asked.length - 8;
            session.written(1, asked, 0, cut);
            session.written(1, asked, cut, asked.length);
            Conversations.read(
                    session, message('N', string("SNOTICE"), string("WSQL statement \"" + sql + "\""), new byte[1]));
            Conversations.read(session, message('Z', Conversations.bytes("I")));
        }
        Conversations.end(session);
        for (String export : everywhere(journal).toList()) {
            assertThat(export)
                    .doesNotContain("hunter2")
                    .doesNotContain(HexFormat.of().formatHex("hunter2".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @ParameterizedTest
    @EnumSource(TapeForm.class)
    void aPackedTapeHoldsNoneEither(TapeForm form) throws IOException {
        var journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        SessionTap session = Conversations.begin(recorder);
        Conversations.written(session, Conversations.query(STATEMENTS.get(0)));
        Conversations.end(session);
        var tape = new ByteArrayOutputStream();
        new TapePack(form).write(Recordings.of(journal).sessions(), tape);
        assertThat(tape.toString(StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
    }

    @Test
    void nothingElseOfAStatementIsTouched() {
        for (String sql : List.of(
                "select password from users where name = 'x'",
                "alter role ada password null",
                "select 'password' as word, 'then another'",
                "update t set password_hash = $1 where id = $2",
                "update t set password = crypt($1, gen_salt('bf'))")) {
            assertThat(SqlSecrets.masked(sql)).isEqualTo(sql);
        }
        assertThat(SqlSecrets.masked("alter role ada password 'ä€x' valid until '2030-01-01'"))
                .isEqualTo("alter role ada password '******' valid until '2030-01-01'");
        String masked = SqlSecrets.masked(STATEMENTS.get(0));
        assertThat(SqlSecrets.masked(masked)).isEqualTo(masked);
        assertThat(SqlSecrets.masked("x password '" + "y''".repeat(200_000) + "'"))
                .doesNotContain("y");
    }
}
