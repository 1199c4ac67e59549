package org.pgreel.recorder.masking;

import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.event.MaskKind;

/** Judges the bytes of one message's body, one after the other. */
interface BodyRule {

    /**
     * Judges the next byte of the body.
     *
     * @param b the byte
     * @param left how many bytes of the body remain, this one included
     * @return what kind of secret it belongs to; null if it is known to belong to none
     */
    @Nullable
    MaskKind judge(byte b, long left);
}
