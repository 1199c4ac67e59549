package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.exchange.RecordedStream;
import org.pgreel.replay.fault.Fault;
import org.pgreel.replay.fault.Moment;
import org.pgreel.replay.script.Script;
import org.pgreel.replay.script.ScriptLine;
import org.pgreel.replay.script.Step;
import org.pgreel.replay.source.PlayableConnection;

/** Finds faults that are laid over a recording and whose moment never comes in it, before anything is served. */
public final class FaultMoments {
    /** What says what came of a statement; by exchanges, all else depends on how the live client asks. */
    private static final Set<String> RESULTS = Set.of(
            "CommandComplete",
            "CopyData",
            "CopyInResponse",
            "CopyOutResponse",
            "DataRow",
            "ErrorResponse",
            "NotificationResponse");

    /** What drivers and pools are answered that is in no recording. */
    private static final List<BackendMessage> OF_HOUSEKEEPING = Stream.of("SET", "RESET", "SHOW", "SELECT 1", "BEGIN")
            .<BackendMessage>map(CommandComplete::new)
            .toList();

    private static final int SHOWN_MAX = 6;

    private final boolean verbatim;
    private final List<BackendMessage> said = new ArrayList<>();
    private final List<FrontendMessage> asked = new ArrayList<>();

    private FaultMoments(RecordingBeside beside) {
        this.verbatim = beside.verbatim();
        for (PlayableConnection connection : beside.recording().connections()) {
            var stream = new RecordedStream(connection);
            int count = 0;
            said.addAll(stream.answersTo(0));
            for (RecordedStream.Asked one : stream.asked()) {
                asked.add(one.message());
                said.addAll(stream.answersTo(++count));
            }
        }
    }

    /**
     * Checks the faults of a script that has no lines for the wire of its own.
     *
     * @param overlay the script
     * @param beside what it is laid over
     * @throws NotationException if one can never fire; it names line and column
     */
    public static void check(Script overlay, RecordingBeside beside) {
        var moments = new FaultMoments(beside);
        for (ScriptLine line : overlay.lines()) {
            if (line.step() instanceof Step.FaultLine fault) {
                String why = moments.whyNever(fault.fault());
                if (why != null) {
                    throw new NotationException(
                            line.number(), line.column(), "the fault can never fire: the recording holds " + why);
                }
            }
        }
    }

    private @Nullable String whyNever(Fault fault) {
        if (fault.moment() instanceof Moment.AtStatus at) {
            boolean becomes = said.stream()
                    .anyMatch(message ->
                            message instanceof ReadyForQuery ready && ready.transactionStatus() == at.status());
            return becomes ? null : "no " + TranscriptWriter.line(Direction.BACKEND, new ReadyForQuery(at.status()));
        }
        if (!(fault.moment() instanceof Moment.AtMessage at)) {
            return null;
        }
        boolean backend = at.direction() == Direction.BACKEND;
        boolean told =
                backend ? RESULTS.contains(at.name()) : verbatim && !at.name().equals("StartupMessage");
        if (!told) {
            return null;
        }
        List<? extends Message> messages = backend ? said : asked;
        long count = messages.stream().filter(message -> is(at, message)).count();
        if (count == 0 && backend && !verbatim && OF_HOUSEKEEPING.stream().anyMatch(message -> is(at, message))) {
            return null;
        }
        if (count == 0) {
            return "no such " + at.name() + instead(at, messages);
        }
        return verbatim && at.ordinal() > count
                ? (count == 1 ? "only one such " : "only " + count + " such ") + at.name()
                : null;
    }

    private static boolean is(Moment.AtMessage at, Message message) {
        return MessageMatch.is(at.name(), at.fields(), message, new Bindings());
    }

    private static String instead(Moment.AtMessage at, List<? extends Message> messages) {
        List<String> lines = messages.stream()
                .filter(message -> message.name().equals(at.name()))
                .map(message -> TranscriptWriter.line(at.direction(), message))
                .map(line -> line.length() <= 60 ? line : line.substring(0, 60) + "…")
                .distinct()
                .limit(SHOWN_MAX + 1L)
                .toList();
        String more = lines.size() > SHOWN_MAX ? ", …" : "";
        return lines.isEmpty()
                ? ""
                : "; it holds " + lines.stream().limit(SHOWN_MAX).collect(Collectors.joining(", ")) + more;
    }
}
