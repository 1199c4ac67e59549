package org.pgreel.recorder.masking;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.WireLimits;
import org.pgreel.recorder.event.MaskKind;
import org.pgreel.recorder.event.MaskedSpans;

/** Walks through the frames of one direction of a connection and masks as the rules of the direction say. */
final class MaskingHalf {

    /** The server refuses start-up packets over 10,000 bytes (MAX_STARTUP_PACKET_LENGTH); 64 KiB is generous. */
    private static final int STARTUP_BYTES_MAX = 64 * 1024;

    private static final int STARTUP_BYTES_MIN = 8;
    private static final int LENGTH_BYTES = 4;

    /** What is longer is not looked into, by anybody. */
    private static final int DECODED_BYTES_MAX = WireLimits.DEFAULTS.message();

    private final MessageRules rules;
    private long messages;
    private long statements;
    private int firstBoundary;

    private boolean framingLost;
    private boolean inMessage;
    private int lengthBytesDue;
    private int declaredLength;
    private int type;
    private long bodyLeft;
    private @Nullable BodyRule bodyRule;

    MaskingHalf(MessageRules rules) {
        this.rules = rules;
    }

    long messages() {
        return messages;
    }

    /** Returns how many of the messages ask the server to execute something. */
    long statements() {
        return statements;
    }

    /** Returns whether the bytes so far end where a message ends. */
    boolean atBoundary() {
        return !inMessage && !framingLost;
    }

    int firstBoundary() {
        return firstBoundary;
    }

    void mask(byte[] buffer, int from, int to, MaskedSpans spans) {
        firstBoundary = -1;
        int at = from;
        while (at < to && !framingLost) {
            if (!inMessage) {
                int behind = behindPlainMessages(buffer, from, at, to);
                at = behind > at ? behind : beginMessage(buffer, from, at);
            } else if (lengthBytesDue > 0) {
                declaredLength = (declaredLength << 8) | (buffer[at++] & 0xff);
                lengthBytesDue--;
                if (lengthBytesDue == 0) {
                    beginBody();
                }
            } else {
                at = body(buffer, from, at, to, spans);
            }
        }
        if (framingLost && at < to && rules.secretsMayCome()) {
            Arrays.fill(buffer, at, to, (byte) '*');
            spans.add(at - from, to - at, MaskKind.UNFRAMED);
        }
    }

    /** Counts whole messages that need nothing else, as nearly all are, and returns the index behind them. */
    private int behindPlainMessages(byte[] buffer, int from, int first, int to) {
        int at = first;
        while (to - at > LENGTH_BYTES && rules.isPlain(buffer[at])) {
            int length = (buffer[at + 1] & 0xff) << 24
                    | (buffer[at + 2] & 0xff) << 16
                    | (buffer[at + 3] & 0xff) << 8
                    | (buffer[at + 4] & 0xff);
            if (length < LENGTH_BYTES || length >= to - at) {
                break;
            }
            messages++;
            if (rules.asks(buffer[at]) && length < DECODED_BYTES_MAX) {
                statements++;
            }
            at += 1 + length;
        }
        if (at > first && firstBoundary < 0) {
            firstBoundary = first - from;
        }
        return at;
    }

    private int beginMessage(byte[] buffer, int from, int at) {
        if (firstBoundary < 0) {
            firstBoundary = at - from;
        }
        boolean untyped = rules.untyped();
        if (!untyped && rules.takeWhole(buffer[at])) {
            messages++;
            return at + 1;
        }
        inMessage = true;
        lengthBytesDue = LENGTH_BYTES;
        declaredLength = 0;
        type = untyped ? MessageRules.UNTYPED : buffer[at] & 0xff;
        return untyped ? at : at + 1;
    }

    private void beginBody() {
        if (type == MessageRules.UNTYPED
                ? declaredLength < STARTUP_BYTES_MIN || declaredLength > STARTUP_BYTES_MAX
                : declaredLength < LENGTH_BYTES) {
            framingLost = true;
            return;
        }
        bodyLeft = (long) declaredLength - LENGTH_BYTES;
        bodyRule = rules.begin(type);
        endIfComplete();
    }

    private int body(byte[] buffer, int from, int at, int to, MaskedSpans spans) {
        int end = (int) Math.min(to, at + bodyLeft);
        BodyRule rule = bodyRule;
        if (rule != null) {
            for (int i = at; i < end; i++) {
                MaskKind kind = rule.judge(buffer[i], bodyLeft - (i - at));
                if (kind != null) {
                    buffer[i] = replacement(kind);
                    spans.add(i - from, 1, kind);
                }
            }
        }
        bodyLeft -= end - at;
        endIfComplete();
        return end;
    }

    private void endIfComplete() {
        if (bodyLeft == 0) {
            inMessage = false;
            bodyRule = null;
            messages++;
            if (rules.asks(type) && declaredLength < DECODED_BYTES_MAX) {
                statements++;
            }
            rules.end(type);
        }
    }

    private static byte replacement(MaskKind kind) {
        boolean base64 = kind == MaskKind.SCRAM_PROOF || kind == MaskKind.SERVER_SIGNATURE;
        return (byte) (base64 ? 'A' : '*');
    }
}
