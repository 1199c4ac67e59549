package org.pgreel.recorder.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.message.WireDecoder;
import org.pgreel.protocol.transcript.Transcript;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.transcript.TranscriptWriter;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.event.MaskedSpans;
import org.pgreel.recorder.masking.Logins.Login;
import org.pgreel.recorder.masking.Logins.Step;

/** The transcript of what the masker left encodes to what the masker left. */
class MaskedTranscriptTest {

    /** A message that streams is not part of a transcript. */
    private static final WireLimits NOTHING_STREAMS = WireLimits.DEFAULTS.withMessage(MessageWriter.LARGEST_MESSAGE);

    private static final List<Login> LOGINS = Logins.all().toList();

    static Stream<Login> logins() {
        return LOGINS.stream();
    }

    @ParameterizedTest
    @MethodSource("logins")
    void aMaskedLoginIsItsTranscript(Login login) {
        assertThat(checked(login.steps())).contains("<secret:");
    }

    /** As {@code GSSResponse} is read after a request that is none: by the request before it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 5, 7, 9})
    void aLoginWithARequestOfTheWrongLengthIsItsTranscript(int code) {
        for (int first : new int[] {3, 5, 7, 9, 10, 11}) {
            List<Step> steps = List.of(
                    Logins.f(Conversations.startupOfAlice()),
                    Logins.b(Logins.request(first, first == 5 ? new byte[4] : new byte[0])),
                    Logins.b(Logins.request(code, Logins.GSS_TOKEN)),
                    Logins.f(Conversations.message('p', Logins.GSS_TOKEN)));
            checked(steps);
        }
    }

    @Property(tries = 2_000)
    void aDisturbedLoginIsItsTranscript(@ForAll long seed, @ForAll @Size(max = 200) byte[] noise) {
        Random random = new Random(seed);
        List<Step> steps =
                new ArrayList<>(LOGINS.get(random.nextInt(LOGINS.size())).steps());
        int index = random.nextInt(steps.size());
        Step step = steps.get(index);
        steps.set(index, new Step(step.direction(), SecretMaskerPropertyTest.disturbed(step.bytes(), noise, random)));

        checked(steps);
    }

    private static String checked(List<Step> steps) {
        SecretMasker masker = new SecretMasker();
        WireDecoder decoder = new WireDecoder(NOTHING_STREAMS);
        StringBuilder text = new StringBuilder();
        TranscriptWriter writer = TranscriptWriter.ofRecording(text);
        MessageWriter frontend = new MessageWriter();
        MessageWriter backend = new MessageWriter();
        for (Step step : steps) {
            byte[] chunk = step.bytes().clone();
            masker.mask(step.direction(), chunk, 0, chunk.length, new MaskedSpans());
            (step.direction() == Direction.FRONTEND ? frontend : backend).writeBytes(chunk, 0, chunk.length);
            decoder.feed(step.direction(), chunk, 0, chunk.length, writer);
        }
        decoder.end(Direction.FRONTEND, writer);
        decoder.end(Direction.BACKEND, writer);

        Transcript parsed = TranscriptParser.parse(text.toString());
        assertThat(parsed).hasToString(text.toString());
        assertThat(hex(parsed.bytes(Direction.FRONTEND))).isEqualTo(hex(frontend.toBytes()));
        assertThat(hex(parsed.bytes(Direction.BACKEND))).isEqualTo(hex(backend.toBytes()));
        return text.toString();
    }

    private static String hex(Bytes bytes) {
        return bytes.hex();
    }
}
