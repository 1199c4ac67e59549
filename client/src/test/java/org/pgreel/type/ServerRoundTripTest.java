package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every edge value goes through a real server, in text and in binary, and comes back as it was. The bytes are those that
 * its own send functions write, for that is what a result in binary is.
 */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ServerRoundTripTest {

    @Test
    void everyValueComesBackFromTheServerAsItWas() throws Exception {
        List<String> problems = new ArrayList<>();
        try (TypedSession session = TypedSession.open()) {
            session.run("SET TimeZone = 'UTC'");
            int major = session.majorVersion();
            List<Literals.Literal> literals = Literals.of("/types/literals.txt").stream()
                    .filter(literal -> literal.since() <= major)
                    .toList();
            literals.forEach(literal -> RoundTrip.check(session, TypeRegistry.builtIn(), literal, problems));
            assertThat(literals).hasSizeGreaterThan(250);
        }
        assertThat(problems).isEmpty();
    }
}
