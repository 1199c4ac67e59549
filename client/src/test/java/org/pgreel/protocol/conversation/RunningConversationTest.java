package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgreel.protocol.conversation.ScriptedSession.Step;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.wire.Direction;

/** What is followed in place says of each message what the values say. */
final class RunningConversationTest {

    private static final List<String> FRONTEND = List.copyOf(Samples.FRONTEND.keySet());
    private static final List<String> BACKEND = List.copyOf(Samples.BACKEND.keySet());

    static List<ScriptedSession> sessions() {
        return LegalSessions.ALL;
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void aLegalSessionIsFollowedToTheSameValues(ScriptedSession session) {
        follow(session.steps());
    }

    @Property(tries = 3000)
    void aRandomSessionIsFollowedToTheSameValuesHoweverItInterleaves(@ForAll long seed) {
        Random random = new Random(seed);
        follow(GeneratedSession.of(random).merged(random));
    }

    @Property(tries = 3000)
    void messagesOutOfPlaceGetTheSameVerdictAndChangeNothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>(GeneratedSession.of(random).merged(random));
        for (int strays = 1 + random.nextInt(8); strays > 0; strays--) {
            Direction from = random.nextBoolean() ? Direction.FRONTEND : Direction.BACKEND;
            List<String> samples = from == Direction.FRONTEND ? FRONTEND : BACKEND;
            String sample = samples.get(random.nextInt(samples.size()));
            steps.add(random.nextInt(steps.size() + 1), ScriptedSession.step(from, sample));
        }
        follow(steps);
    }

    @Property(tries = 300)
    void pipelinesOfExtendedQueriesAreFollowedToTheSameValues(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder script = new StringBuilder(ScriptedSession.LOGIN);
        for (int rounds = 1 + random.nextInt(3); rounds > 0; rounds--) {
            int queries = 1 + random.nextInt(40);
            script.append(" >").append(" Parse Bind Describe(P) Execute(1) Close Sync".repeat(queries));
            script.append(" <");
            for (int i = 0; i < queries; i++) {
                script.append(" ParseComplete BindComplete RowDescription DataRow NoticeResponse ")
                        .append(random.nextBoolean() ? "PortalSuspended" : "CommandComplete")
                        .append(" CloseComplete ")
                        .append(random.nextBoolean() ? "ReadyForQuery(T)" : "ReadyForQuery(I)");
            }
        }
        follow(ScriptedSession.of("pipelines", script.toString()).steps());
    }

    /** A violation is looked at and left aside, as if the message had not come. */
    private static void follow(List<Step> steps) {
        Conversation value = Conversation.begin();
        RunningConversation running = new RunningConversation();
        for (Step step : steps) {
            Conversation next = value.after(step.from(), step.message());
            assertThat(taken(running, step)).as("%s in %s", step, steps).isEqualTo(next.violation());
            value = next.isViolated() ? value : next;
            assertThat(running.value()).as("after %s in %s", step, steps).isEqualTo(value);
        }
    }

    private static @Nullable Violated taken(RunningConversation running, Step step) {
        return step.from() == Direction.FRONTEND
                ? running.said((FrontendMessage) step.message())
                : running.heard((BackendMessage) step.message());
    }
}
