package org.pgreel.junit.shop;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.CreationTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * An order: its key and its time are made by the program, its items are a set in no order. By the addresses of its items two
 * recordings would have them in the same order now and then, and tell of one order alone; here each run has another one.
 */
@Entity
@Table(name = "orders")
class ShopOrder {
    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    @Nullable
    UUID id;

    String customer = "";
    BigDecimal total = BigDecimal.ZERO;

    @CreationTimestamp
    @Column(name = "placed_at")
    @Nullable
    OffsetDateTime placedAt;

    @Version
    int version;

    @OneToMany(mappedBy = "order", cascade = CascadeType.ALL)
    Set<ShopItem> items = new HashSet<>();

    void add(int turn, String... names) {
        for (int i = 0; i < names.length; i++) {
            ShopItem item = new ShopItem();
            item.name = names[i];
            item.order = this;
            item.place = (turn + i) % names.length;
            items.add(item);
        }
    }
}
