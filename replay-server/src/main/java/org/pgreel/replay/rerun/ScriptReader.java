package org.pgreel.replay.rerun;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.conversation.Conversation;
import org.pgreel.protocol.conversation.Violated;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.Terminate;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.recording.RecordedMessage;
import org.pgreel.recorder.recording.RecordedSession;
import org.pgreel.replay.source.Chapter;

/** Reads a recorded session into the steps of running it again. Confined to one thread. */
final class ScriptReader {

    /** One connection of the session. */
    private static final class Line {
        private Conversation conversation = Conversation.begin();
        private boolean ready;
        private long login;
    }

    private final RecordedScript script;
    private final List<Chapter> chapters;
    private final Map<Integer, Line> lines = new HashMap<>();
    private final Map<Integer, StartupMessage> startups = new HashMap<>();
    private @Nullable Line main;
    private long answered;
    private int notifications;
    private int chapter;
    private boolean ended;

    private ScriptReader(RecordedScript script, List<Chapter> chapters) {
        this.script = script;
        this.chapters = chapters;
    }

    /**
     * Reads a session that is neither damaged nor without its beginning.
     *
     * @param chapters where chapters begin in it
     */
    static RecordedScript read(RecordedSession session, List<Chapter> chapters) {
        var script = new RecordedScript(session);
        var reader = new ScriptReader(script, chapters);
        for (RecordedMessage message : session.messages()) {
            reader.message(message);
        }
        if (reader.main == null) {
            script.leaveOut("it never got ready");
        } else if (!reader.ended) {
            script.steps().add(new Step.End(script, session.lastNanos()));
        }
        if (script.startup().containsKey("replication")) {
            script.leaveOut("it is one of replication");
        }
        return script;
    }

    private void message(RecordedMessage recorded) {
        Line line = lines.computeIfAbsent(recorded.connection(), ordinal -> new Line());
        boolean own = line.equals(main);
        if (recorded.content() instanceof RecordedMessage.Decoded decoded) {
            if (recorded.direction() == Direction.FRONTEND) {
                frontend(line, own, recorded, (FrontendMessage) decoded.message());
            } else {
                backend(line, own, recorded, (BackendMessage) decoded.message());
            }
        } else if (recorded.content() instanceof RecordedMessage.Oversized oversized) {
            oversized(line, own, recorded, oversized.type());
        } else if (own) {
            script.leaveOut("its message " + recorded.number() + " is none of the protocol");
        }
    }

    private void frontend(Line line, boolean own, RecordedMessage recorded, FrontendMessage message) {
        line.conversation = line.conversation.after(message);
        if (message instanceof StartupMessage startup) {
            startups.put(recorded.connection(), startup);
        } else if (message instanceof CancelRequest && main != null) {
            script.steps().add(new Step.Cancel(script, recorded.nanos()));
        } else if (own && !ended) {
            if (line.conversation.isViolated()) {
                script.leaveOut("its client broke the protocol at message " + recorded.number());
            } else if (message instanceof Terminate) {
                ended = true;
                script.steps().add(new Step.End(script, recorded.nanos()));
            } else {
                said(recorded, message);
            }
        }
    }

    private void said(RecordedMessage recorded, FrontendMessage message) {
        List<Step> steps = script.steps();
        while (chapter < chapters.size() && chapters.get(chapter).after() < recorded.number()) {
            steps.add(new Step.Mark(
                    script, recorded.nanos(), chapters.get(chapter).name()));
            chapter++;
        }
        Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        if (last instanceof Step.Send send && send.nanos() == recorded.nanos()) {
            send.messages().add(message);
        } else {
            var messages = new ArrayList<FrontendMessage>();
            messages.add(message);
            steps.add(new Step.Send(script, recorded.nanos(), recorded.number(), messages));
        }
    }

    private void backend(Line line, boolean own, RecordedMessage recorded, BackendMessage message) {
        long answers = line.conversation.answers(message);
        line.conversation = line.conversation.after(message);
        if (message instanceof ReadyForQuery ready) {
            if (line.conversation instanceof Violated violated) {
                line.conversation = violated.resumedAt(ready);
            }
            if (main == null) {
                opened(line, recorded);
            }
        }
        if (!line.ready) {
            reported(message);
        } else if (own && !ended && !isAside(message)) {
            if (message instanceof NotificationResponse) {
                notifications++;
            }
            if (message instanceof DataRow row) {
                script.row(answers - line.login, row);
            }
            heard(recorded, LiveScript.progress(answers - line.login, message));
        }
    }

    private static boolean isAside(Message message) {
        return message instanceof ParameterStatus || message instanceof NoticeResponse;
    }

    private void reported(BackendMessage message) {
        if (main == null && message instanceof ParameterStatus status) {
            script.reported(status.parameter(), status.value());
        }
    }

    private void opened(Line line, RecordedMessage recorded) {
        main = line;
        line.ready = true;
        line.login = line.conversation.frontendMessages();
        StartupMessage startup = startups.get(recorded.connection());
        if (startup != null) {
            var parameters = new LinkedHashMap<String, String>();
            startup.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
            script.startsWith(startup.version(), parameters);
        }
        script.steps().add(new Step.Open(script, recorded.nanos()));
    }

    private void heard(RecordedMessage recorded, long answers) {
        answered = Math.max(answered, answers);
        List<Step> steps = script.steps();
        int last = steps.size() - 1;
        var await = new Step.Await(script, recorded.nanos(), recorded.number(), answered, notifications);
        if (steps.get(last) instanceof Step.Await before && before.answered() == answered && isSame(before)) {
            return;
        }
        if (steps.get(last) instanceof Step.Await before && before.nanos() == recorded.nanos()) {
            steps.set(last, await);
        } else {
            steps.add(await);
        }
    }

    private boolean isSame(Step.Await before) {
        return before.notifications() == notifications;
    }

    private void oversized(Line line, boolean own, RecordedMessage recorded, byte type) {
        if (recorded.direction() == Direction.BACKEND) {
            long answers = line.conversation.answersOversized(type);
            line.conversation = line.conversation.afterOversized(Direction.BACKEND, type);
            if (own && !ended) {
                heard(recorded, LiveScript.progress(answers - line.login, null));
            }
        } else if (own) {
            script.leaveOut("its message " + recorded.number() + " is too large to be held");
        }
    }
}
