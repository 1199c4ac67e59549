package org.pgreel.junit.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A thing of an order. */
@Entity
@Table(name = "item")
class ShopItem {
    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    @Nullable
    UUID id;

    @ManyToOne
    @JoinColumn(name = "order_id")
    @Nullable
    ShopOrder order;

    String name = "";

    /** Where it comes in a set. */
    @Transient
    int place;

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return place;
    }
}
