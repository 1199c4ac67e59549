package org.pgreel.recorder.tape;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks the bytes of a block, which may be hostile. */
final class BlockUnpacking {

    private BlockUnpacking() {}

    /** Returns the parts one behind the other, each as long as the header says. */
    static byte[] unpacked(int version, byte[] packed, BlockHeader sizes) {
        byte[] bytes = new byte[sizes.unpacked()];
        int[] streams = version == BinaryTape.FIRST_VERSION ? new int[] {bytes.length} : sizes.parts();
        Inflater inflater = new Inflater();
        try {
            int from = 0;
            int done = 0;
            for (int length : streams) {
                inflater.reset();
                inflater.setInput(packed, from, packed.length - from);
                unpack(inflater, bytes, done, length);
                done += length;
                from = packed.length - inflater.getRemaining();
            }
            if (from < packed.length) {
                throw new TapeProblem("a block holds more than it announces");
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new TapeProblem("a block cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    private static void unpack(Inflater inflater, byte[] bytes, int from, int length) throws DataFormatException {
        int done = 0;
        while (done < length) {
            int more = inflater.inflate(bytes, from + done, length - done);
            if (more == 0) {
                throw new TapeProblem("a block holds less than it announces");
            }
            done += more;
        }
        if (inflater.inflate(new byte[1]) > 0 || !inflater.finished()) {
            throw new TapeProblem("a block holds more than it announces");
        }
    }
}
