package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.pgreel.protocol.conversation.ScriptedSession.Step;

/** Whoever looks on, and however the network delays the two directions: the same verdict and the same final value. */
final class InterleavingTest {
    private static final int MERGES = 8;

    @Property(tries = 3000)
    void delayChangesNeitherVerdictNorValue(@ForAll long seed) {
        Random random = new Random(seed);
        GeneratedSession session = GeneratedSession.of(random);
        Assume.that(!session.ambiguous());
        Conversation early = folded(session.merged(true));
        assertThat(folded(session.merged(false))).isEqualTo(early).hasSameHashCodeAs(early);
        for (int i = 0; i < MERGES; i++) {
            List<Step> merged = session.merged(random);
            assertThat(folded(merged)).as("%s", merged).isEqualTo(early);
        }
    }

    private static Conversation folded(List<Step> steps) {
        Conversation at = Conversation.begin();
        for (int i = 0; i < steps.size(); i++) {
            at = at.after(steps.get(i).from(), steps.get(i).message());
            assertThat(at.violation()).as("%s", steps.subList(0, i + 1)).isNull();
        }
        return at;
    }
}
