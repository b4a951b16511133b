"""The register: activities, who carries them out, where, and towards what."""
