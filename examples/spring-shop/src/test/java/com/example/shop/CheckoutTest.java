package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pgreel.junit.Fault;
import org.pgreel.junit.Never;
import org.pgreel.junit.Replay;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** HikariCP, Flyway, Liquibase and Hibernate meet a PostgreSQL that is not there. */
@SpringBootTest
@Replay("checkout")
class CheckoutTest {
    @Autowired
    private Checkout checkout;

    @Test
    void anOrderIsStored() {
        BigDecimal total = new BigDecimal(System.getProperty("total", "18.90"));

        UUID id = checkout.place("ann", total, "tea", "cup", "spoon");
        checkout.raise(id);

        assertThat(checkout.tell(id)).isEqualTo("ann " + total.add(BigDecimal.ONE) + " v1 3 items");
    }

    @Test
    void theDatabaseRefuses() {
        assertThatThrownBy(() -> checkout.place(null, BigDecimal.ONE)).hasMessageContaining("customer");
    }

    @Test
    @Fault("lost: swallow, reset @ B CommandComplete \"COMMIT\"")
    @Never(after = "lost", statement = "(?i)insert into orders.*")
    void aLostAcknowledgementIsNotRetried() {
        assertThatThrownBy(() -> checkout.place("bob", BigDecimal.TEN, "pot")).isInstanceOf(RuntimeException.class);
    }
}
