package org.pgreel.recorder.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.recording.Recordings;
import org.pgreel.tap.SessionTap;

/** Where a regular expression finds something that is not redacted, it is told. */
class RedactionReachTest {

    private static final RedactionRule CARDS =
            new RedactionRule("cards", null, Set.of(), Set.of(), Set.of(), Pattern.compile("\\b\\d{16}\\b"), false);

    private static byte[] encoded(Message message) {
        var writer = new MessageWriter(1024);
        message.encode(writer);
        return writer.toBytes().toArray();
    }

    @Test
    void whatIsFoundWhereNothingIsRedactedIsToldOnceEach() {
        var journal = new InMemoryJournal("run");
        var recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        SessionTap session = Conversations.begin(recorder);
        session.marker("card 4111111111111111");
        session.marker("card 4222222222222222");
        Bytes value = Bytes.ofHex("0000000000000001");
        Conversations.written(session, encoded(new Parse("", "select $1", List.of(20))));
        Conversations.written(session, encoded(new Bind("", "", List.of(1), Values.of(List.of(value)), List.of())));
        Conversations.read(session, encoded(new ParameterStatus("application_name", "4111111111111111")));
        Conversations.read(session, encoded(new NotificationResponse(7, "4111111111111111", "4111111111111111")));
        Conversations.end(session);

        var run = new Redaction(List.of(CARDS), RedactionKey.of("a key that is long enough")).run();
        var edited = new EditedEvents(
                Recordings.of(journal).sessions().get(0).events().iterator(), run.session(1));
        List<SessionEvent> events = new ArrayList<>();
        edited.forEachRemaining(events::add);

        assertThat(run.warnings())
                .hasSize(4)
                .anyMatch(warning -> warning.equals(
                        "The rule \"cards\" finds something in a note, first in #1, where nothing is redacted."))
                .anyMatch(warning -> warning.contains("finds something in a ParameterStatus, first in #1@"))
                .anyMatch(warning -> warning.contains("finds something in the name of a channel, first in #1@"))
                .anyMatch(warning -> warning.equals("There are values of the type of OID 20 in binary, which regular"
                        + " expressions do not reach; rules by column, parameter or type do."));
        assertThat(run.touches())
                .singleElement()
                .satisfies(touch -> assertThat(touch.values()).isEqualTo(1));
    }

    @Test
    void aStartUpParameterIsTold() {
        var run = new Redaction(List.of(CARDS), RedactionKey.of("a key that is long enough")).run();
        var startup = StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("application_name", "4111111111111111"));
        assertThat(run.session(1).edit(new MessageEditor.Place(1, 1), Direction.FRONTEND, startup))
                .isNull();
        assertThat(run.warnings())
                .contains("The rule \"cards\" finds something in a start-up parameter, first in #1@1, where nothing is"
                        + " redacted.");
    }
}
