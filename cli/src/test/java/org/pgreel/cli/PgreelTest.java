package org.pgreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PgreelTest {

    @Test
    void theVersionIsPrinted() {
        var out = new StringWriter();

        int status = Pgreel.commandLine().setOut(new PrintWriter(out, true)).execute("--version");

        assertThat(out.toString().strip()).isEqualTo("pgreel 0.1.0");
        assertThat(status).isZero();
    }
}
