package io.autostack.sealing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/// Sealing and hashing under a key that belongs to a purpose and is derived from the installation's. What is sealed
/// here lives for hours and keeps the key it was sealed under; what must outlive a rotation goes into an [Envelope].
@ApplicationScoped
public class PurposeKeys {

    private static final byte[] NOTHING = {};

    private final KeyRing keys;

    @Inject
    PurposeKeys(KeyRing keys) {
        this.keys = keys;
    }

    /// What was sealed, and the id of the installation's key that is needed to open it.
    public record Sealed(String keyId, byte[] bytes) {}

    /// HMAC-SHA256 of the text under the key that belongs to the purpose. It stays the same when the installation's key
    /// is rotated.
    public byte[] hmac(String purpose, String text) {
        return KeyRing.hmac(keys.lasting(purpose).getEncoded(), text);
    }

    /// Encrypts what must not lie about readable.
    public Sealed seal(String purpose, byte[] text) {
        var key = keys.current();
        return new Sealed(key.id(), AesGcm.seal(key.forPurpose(purpose), NOTHING, text));
    }

    /// Tries the keys one after the other, because rows of before have no key's id; the file is read again only when
    /// none of those that are held fits.
    ///
    /// @throws IllegalStateException when it was changed, or sealed under a key that is not there
    public byte[] open(String purpose, byte[] sealed) {
        return open(purpose, sealed, keys.held())
                .or(() -> open(purpose, sealed, keys.all()))
                .orElseThrow(() -> new IllegalStateException("what was sealed for " + purpose
                        + " cannot be opened: it was changed, or its key is not in the key file any more"));
    }

    private static Optional<byte[]> open(String purpose, byte[] sealed, List<KeyRing.Key> keys) {
        for (var key : keys)
            try {
                return Optional.of(AesGcm.open(key.forPurpose(purpose), NOTHING, sealed));
            } catch (GeneralSecurityException e) {
                // sealed under the next one, then
            }
        return Optional.empty();
    }
}
