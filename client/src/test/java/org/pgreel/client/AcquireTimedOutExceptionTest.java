package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A failure of the pool reaches another process whole, as exceptions do. */
class AcquireTimedOutExceptionTest {

    @Test
    void itIsSerialized() throws Exception {
        var sizes = new AcquireTimedOutException.PoolSizes(4, 4, 0, 0, 2);
        var failure = new AcquireTimedOutException(Duration.ofSeconds(1), sizes, null);
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }

        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            var same = (AcquireTimedOutException) in.readObject();
            assertThat(same).hasMessage(failure.getMessage());
            assertThat(same.sizes()).isEqualTo(sizes);
            assertThat(same.limit()).isEqualTo(failure.limit());
        }
    }
}
