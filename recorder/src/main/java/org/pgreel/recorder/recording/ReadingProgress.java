package org.pgreel.recorder.recording;

/** Hears how much of a recording is read while it is opened. Called on the thread that opens it. */
public interface ReadingProgress {

    /** Nobody hears. */
    ReadingProgress NONE = new ReadingProgress() {

        @Override
        public void begins(long bytes) {
            // Nobody hears.
        }

        @Override
        public void read(long bytes) {
            // Nobody hears.
        }
    };

    /**
     * Reading begins.
     *
     * @param bytes about how many bytes there are
     */
    void begins(long bytes);

    /**
     * More was read, or need not be read because the index tells it.
     *
     * @param bytes how many bytes since the call before
     */
    void read(long bytes);
}
