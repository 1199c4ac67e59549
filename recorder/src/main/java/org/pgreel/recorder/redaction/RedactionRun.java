package org.pgreel.recorder.redaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Values;
import org.pgreel.protocol.wire.Direction;

/**
 * Redacts recorded sessions, one behind the other, and counts what each rule touched. Passwords in SQL are overwritten
 * too. Confined to one thread.
 */
public final class RedactionRun {

    /** Fields of an error in which values can stand: message, detail, hint, context, and the names of things. */
    private static final String FIELDS = "MDHWqtcdns";

    private final List<String> warnings = new ArrayList<>();
    private final ValueRedactor values;

    RedactionRun(List<RedactionRule> rules, Pseudonyms pseudonyms) {
        this.values = new ValueRedactor(rules, pseudonyms, warnings, false);
    }

    /**
     * Begins a session.
     *
     * @param session what reports call it
     */
    public MessageEditor session(int session) {
        return new Session(session);
    }

    /** Returns what each rule touched so far, in the order of the rules. */
    public List<RedactionTouch> touches() {
        return values.touches();
    }

    /** Returns what the rules could not reach, and those that touched nothing, a sentence each. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        for (RedactionTouch touch : touches()) {
            if (touch.values() == 0) {
                all.add("The rule \"" + touch.rule() + "\" touched nothing"
                        + (touch.kept() == 0
                                ? "."
                                : "; " + touch.kept() + " values of which there are too few stayed."));
            } else if (touch.kept() > 0) {
                all.add("The rule \"" + touch.rule() + "\" let " + touch.kept()
                        + " values stay, because there are too few of their kind and length.");
            }
        }
        return all;
    }

    /** What one connection is answered, and what of COPYs waits. */
    private static final class Answers {

        private final ResultTracking results = new ResultTracking();
        private final WaitingCopies sent = new WaitingCopies();
        private final WaitingCopies received = new WaitingCopies();
        private final CopySide copyOut;
        private @Nullable FrontendMessage copying;

        Answers(ValueRedactor values) {
            copyOut = new CopySide(values, false);
        }

        /** A COPY to the client begins; one Query may hold several. */
        private void copiesOut() {
            FrontendMessage question = results.answered();
            if (question != copying) {
                copying = question;
                copyOut.asked(results.sql());
            }
        }
    }

    /** One session. */
    private final class Session implements MessageEditor {

        private final int session;
        private final FrontendRedactor frontend = new FrontendRedactor(values);
        private final Map<Integer, Answers> connections = new HashMap<>();

        Session(int session) {
            this.session = session;
        }

        private Answers answers(int connection) {
            return connections.computeIfAbsent(connection, ordinal -> new Answers(values));
        }

        @Override
        public void edit(Place place, Direction direction, Message message, Consumer<@Nullable Message> answer) {
            Answers answers = answers(place.connection());
            boolean said = direction == Direction.FRONTEND;
            if (message instanceof CopyData data) {
                values.begin("#" + session + "@" + place.number());
                CopySide side = said ? frontend.copy(place.connection()) : answers.copyOut;
                WaitingCopies waiting = said ? answers.sent : answers.received;
                waiting.add(data, answer);
                waiting.filled(side.add(data.data()));
                return;
            }
            if (said && message instanceof FrontendMessage next && FrontendRedactor.endsCopy(next)) {
                answers.sent.filled(frontend.copy(place.connection()).end(message));
            } else if (!said
                    && !(message instanceof NoticeResponse
                            || message instanceof ParameterStatus
                            || message instanceof NotificationResponse)) {
                answers.received.filled(answers.copyOut.end(message));
            }
            answer.accept(edit(place, direction, message));
        }

        @Override
        public @Nullable Message edit(Place place, Direction direction, Message message) {
            values.begin("#" + session + "@" + place.number());
            Answers answers = answers(place.connection());
            ResultTracking result = answers.results;
            Message now = message;
            if (direction == Direction.FRONTEND && message instanceof FrontendMessage said) {
                result.asked(said);
                if (said instanceof StartupMessage startup) {
                    startup.parameters().forEach(each -> values.unreached(each.value(), "a start-up parameter"));
                }
                now = frontend.redacted(place.connection(), said);
            } else if (message instanceof BackendMessage answer) {
                now = backend(answer, answers);
            }
            return now == message ? null : now;
        }

        private Message backend(BackendMessage message, Answers answers) {
            if (message instanceof DataRow row) {
                Values now = row(row.values(), answers.results);
                return now.equals(row.values()) ? row : new DataRow(now);
            }
            answers.results.answered(message);
            if (message instanceof CopyOutResponse) {
                answers.copiesOut();
            }
            if (message instanceof ErrorResponse error) {
                ErrorFields now = fields(error.fields());
                return now.equals(error.fields()) ? message : new ErrorResponse(now);
            }
            if (message instanceof NoticeResponse notice) {
                ErrorFields now = fields(notice.fields());
                return now.equals(notice.fields()) ? message : new NoticeResponse(now);
            }
            if (message instanceof ParameterStatus status) {
                values.unreached(status.value(), "a ParameterStatus");
            }
            if (message instanceof NotificationResponse told) {
                values.unreached(told.channel(), "the name of a channel");
                String payload = values.text(told.payload());
                return payload.equals(told.payload())
                        ? message
                        : new NotificationResponse(told.processId(), told.channel(), payload);
            }
            return message;
        }

        private ErrorFields fields(ErrorFields fields) {
            List<ErrorFields.Field> now = new ArrayList<>();
            for (ErrorFields.Field field : fields.entries()) {
                boolean open = FIELDS.indexOf(field.letter()) >= 0;
                String text = open ? values.text(SqlSecrets.masked(field.text())) : field.text();
                now.add(new ErrorFields.Field(field.letter(), text));
            }
            return new ErrorFields(now);
        }

        private Values row(Values row, ResultTracking result) {
            RowDescription columns = result.columns();
            if (columns == null || columns.columns().size() != row.count()) {
                if (values.needColumns()) {
                    throw new RedactionException("The rows of session " + session + " are nowhere described (\""
                            + ValueRedactor.shortened(result.sql())
                            + "\"), so no rule by column or type can be applied;"
                            + " leave the session out.");
                }
                return row;
            }
            String sql = result.sql();
            return values.values(row, new ValueRedactor.Meant() {
                @Override
                public Predicate<RedactionRule> rule(int index) {
                    var column = columns.columns().get(index);
                    return rule -> rule.column(sql, column.name(), column.typeOid());
                }

                @Override
                public int type(int index) {
                    return columns.columns().get(index).typeOid();
                }

                @Override
                public int format(int index) {
                    return result.format(index);
                }
            });
        }

        @Override
        public void unread(Place place, String what) {
            throw new RedactionException("Of session " + session + ", message " + place.number() + " (" + what
                    + ") cannot be read and may hold what the rules mean; leave the session out.");
        }

        @Override
        public void noted(String text) {
            values.begin("#" + session);
            values.unreached(text, "a note");
        }

        @Override
        public void ended(int connection) {
            Answers ended = connections.remove(connection);
            if (ended != null) {
                ended.sent.filled(frontend.copy(connection).end(null));
                ended.received.filled(ended.copyOut.end(null));
            }
            frontend.ended(connection);
        }
    }
}
