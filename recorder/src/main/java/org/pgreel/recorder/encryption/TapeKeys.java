package org.pgreel.recorder.encryption;

/** Where the key of encrypted tapes comes from. It is asked when a tape is encrypted, and not before. */
@FunctionalInterface
public interface TapeKeys {

    /** The environment's {@link TapeKey#VARIABLE}. */
    TapeKeys ENVIRONMENT = () -> TapeKey.ofVariable(TapeKey.VARIABLE);

    /**
     * Returns the key.
     *
     * @throws TapeKeyException if there is none
     */
    TapeKey key();
}
