package org.pgreel.recorder.tape;

/** Whether bytes are whole messages that begin with their type, as all do behind the start-up. */
final class TypedMessages {

    static final int TYPE_BYTES = 1;
    static final int LENGTH_BYTES = 4;
    static final int HEADER_BYTES = TYPE_BYTES + LENGTH_BYTES;

    private TypedMessages() {}

    /** Returns how many messages they are; 0 if they are something else. */
    static int count(byte[] bytes) {
        int at = 0;
        int count = 0;
        while (at < bytes.length) {
            int end = end(bytes, at);
            if (end < 0) {
                return 0;
            }
            at = end;
            count++;
        }
        return count;
    }

    /** Returns where the message ends that begins at an offset; -1 if it does not. */
    static int end(byte[] bytes, int at) {
        if (bytes.length - at < HEADER_BYTES) {
            return -1;
        }
        int length = (bytes[at + 1] & 0xff) << 24
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 8
                | bytes[at + 4] & 0xff;
        return length < LENGTH_BYTES || length > bytes.length - at - TYPE_BYTES ? -1 : at + TYPE_BYTES + length;
    }
}
