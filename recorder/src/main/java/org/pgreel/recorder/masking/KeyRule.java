package org.pgreel.recorder.masking;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.event.MaskKind;

/** A process id of four bytes, then the key, which is masked and kept in memory for as long as the rule lives. */
final class KeyRule implements BodyRule {

    /** Protocol 3.2 allows keys of up to 256 bytes. */
    private static final int KEY_BYTES_MAX = 256;

    private int processId;
    private int processIdBytes;
    private byte[] key = new byte[4];
    private int keyLength;

    @Override
    public @Nullable MaskKind judge(byte b, long left) {
        if (processIdBytes < 4) {
            processId = (processId << 8) | (b & 0xff);
            processIdBytes++;
            return null;
        }
        if (keyLength < KEY_BYTES_MAX) {
            if (keyLength == key.length) {
                key = Arrays.copyOf(key, KEY_BYTES_MAX);
            }
            key[keyLength++] = b;
        }
        return MaskKind.CANCEL_KEY;
    }

    CancelKey captured() {
        return new CancelKey(processId, Bytes.copyOf(key, 0, keyLength));
    }
}
