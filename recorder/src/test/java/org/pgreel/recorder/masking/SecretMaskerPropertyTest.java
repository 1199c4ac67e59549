package org.pgreel.recorder.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.startupOfAlice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.MaskedSpans;
import org.pgreel.recorder.masking.Logins.Login;
import org.pgreel.recorder.masking.Logins.Step;

/** The masker under bytes that nobody would send. */
class SecretMaskerPropertyTest {

    private static final List<Login> LOGINS = Logins.all().toList();

    @Property(tries = 2_000)
    void anyBytesAreMaskedAlikeUnderAnyCut(@ForAll long seed, @ForAll @Size(max = 200) byte[] noise) {
        Random random = new Random(seed);
        List<Step> steps =
                new ArrayList<>(LOGINS.get(random.nextInt(LOGINS.size())).steps());
        int index = random.nextInt(steps.size());
        steps.set(
                index,
                new Step(
                        steps.get(index).direction(), disturbed(steps.get(index).bytes(), noise, random)));

        SecretMaskerTest.Stored whole = SecretMaskerTest.mask(steps);

        assertThat(SecretMaskerTest.mask(SecretMaskerTest.byteByByte(steps))).isEqualTo(whole);
    }

    @Property(tries = 2_000)
    void spansCoverExactlyTheBytesThatChanged(@ForAll long seed, @ForAll @Size(max = 300) byte[] noise) {
        Random random = new Random(seed);
        SecretMasker masker = new SecretMasker();
        for (Direction direction : new Direction[] {Direction.FRONTEND, Direction.BACKEND, Direction.FRONTEND}) {
            byte[] chunk = disturbed(Logins.request(random.nextInt(14)), noise, random);
            byte[] masked = chunk.clone();
            MaskedSpans spans = new MaskedSpans();
            masker.mask(direction, masked, 0, masked.length, spans);
            int end = 0;
            for (MaskedSpan span : spans.toList()) {
                assertThat(span.offset()).isGreaterThanOrEqualTo(end);
                assertThat(Arrays.equals(chunk, end, span.offset(), masked, end, span.offset()))
                        .isTrue();
                end = span.offset() + span.length();
            }
            assertThat(end).isLessThanOrEqualTo(masked.length);
            assertThat(Arrays.equals(chunk, end, chunk.length, masked, end, chunk.length))
                    .isTrue();
        }
    }

    /** Whatever the server asked for: nothing of a {@code p} message passes but what the exchange allows. */
    @Property(tries = 2_000)
    void aPasswordInAnyPlaceOfALoginDoesNotPass(
            @ForAll @IntRange(max = 13) int request, @ForAll long seed, @ForAll boolean initialFirst) {
        String password = "xkcd936-Zq" + new Random(seed).nextInt(1_000_000);
        List<Step> steps = new ArrayList<>();
        steps.add(Logins.f(startupOfAlice()));
        if (initialFirst) {
            steps.add(Logins.b(Logins.request(10)));
            steps.add(Logins.f(Logins.password("SCRAM-SHA-256")));
        }
        steps.add(Logins.b(Logins.request(request)));
        steps.add(Logins.f(Logins.password(password)));
        assertThat(SecretMaskerTest.mask(steps).holds(bytes(password.substring(1))))
                .isFalse();
    }

    static byte[] disturbed(byte[] bytes, byte[] noise, Random random) {
        byte[] result = Arrays.copyOf(bytes, bytes.length + noise.length);
        System.arraycopy(noise, 0, result, bytes.length, noise.length);
        if (result.length > 0) {
            result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return result;
    }
}
