package org.pgreel.recorder.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.int4;
import static org.pgreel.recorder.Conversations.join;
import static org.pgreel.recorder.Conversations.message;
import static org.pgreel.recorder.Conversations.string;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Mechanisms with channel binding are struck from the offer, and nothing else is changed, however it is cut. */
class MechanismOfferTest {

    private static final byte[] OFFER =
            message('R', int4(10), string("SCRAM-SHA-256-PLUS"), string("SCRAM-SHA-256"), new byte[1]);
    private static final byte[] WITHOUT_PLUS = message('R', int4(10), string("SCRAM-SHA-256"), new byte[1]);
    private static final byte[] OLDER = message('v', int4(196608), int4(0));
    private static final byte[] NEXT = message('R', int4(11), bytes("r=x,s=y,i=4096"));

    private static void expect(byte[] said, byte[] passedOn) {
        for (int cut = 0; cut <= said.length; cut++) {
            MechanismOffer offer = new MechanismOffer();
            assertThat(join(
                            strip(offer, Arrays.copyOf(said, cut)),
                            strip(offer, Arrays.copyOfRange(said, cut, said.length))))
                    .as("cut at %d", cut)
                    .isEqualTo(passedOn);
        }
        MechanismOffer offer = new MechanismOffer();
        ByteArrayOutputStream byteByByte = new ByteArrayOutputStream();
        for (byte b : said) {
            byteByByte.writeBytes(strip(offer, new byte[] {b}));
        }
        assertThat(byteByByte.toByteArray()).isEqualTo(passedOn);
    }

    private static byte[] strip(MechanismOffer offer, byte[] said) {
        ByteBuf passedOn = offer.fromServer(Unpooled.wrappedBuffer(said));
        return ByteBufUtil.getBytes(passedOn);
    }

    @Test
    void theOfferLosesChannelBinding() {
        expect(join(OFFER, NEXT), join(WITHOUT_PLUS, NEXT));
    }

    @Test
    void anOlderProtocolMayBeNegotiatedFirst() {
        expect(join(OLDER, OFFER), join(OLDER, WITHOUT_PLUS));
    }

    @Test
    void anOfferWithoutChannelBindingStays() {
        expect(join(WITHOUT_PLUS, NEXT), join(WITHOUT_PLUS, NEXT));
    }

    @Test
    void otherAnswersStay() {
        byte[] md5 = message('R', int4(5), int4(0x01020304));
        expect(md5, md5);
        byte[] trust = join(message('R', int4(0)), OFFER);
        expect(trust, trust);
        byte[] error = message('E', string("SFATAL"), string("Mno"), new byte[1]);
        expect(error, error);
        byte[] noise = bytes("R\u0001\u0000\u0000\u0000 is no message");
        expect(noise, noise);
    }
}
