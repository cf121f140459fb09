#!/usr/bin/env bash
# Make dist/integrity-desk_VERSION_ARCH.deb from the PyInstaller folder dist/integrity-desk/.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
architecture=$(dpkg --print-architecture)
package=dist/integrity-desk_${version}_${architecture}.deb
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"

dist/integrity-desk/integrity-desk-check

install -d "$tree/DEBIAN" "$tree/opt" "$tree/usr/bin" "$tree/usr/share/applications" \
    "$tree/usr/share/icons/hicolor/scalable/apps" "$tree/usr/share/doc/integrity-desk"
cp -r dist/integrity-desk "$tree/opt/"
ln -s /opt/integrity-desk/integrity-desk "$tree/usr/bin/integrity-desk"
install -m 644 packaging/integrity-desk.desktop "$tree/usr/share/applications/"
install -m 644 resources/icons/logo.svg \
    "$tree/usr/share/icons/hicolor/scalable/apps/integrity-desk.svg"
install -m 644 LICENSE "$tree/usr/share/doc/integrity-desk/copyright"

cat > "$tree/DEBIAN/control" <<CONTROL
Package: integrity-desk
Version: $version
Architecture: $architecture
Maintainer: Integrity Desk contributors <integrity-desk@example.org>
Installed-Size: $(du -sk "$tree" | cut -f1)
Section: office
Priority: optional
Depends: libc6 (>= $(ldd --version | sed -n '1s/.* //p')), libegl1, libgl1, libglib2.0-0 | libglib2.0-0t64, libdbus-1-3, libfontconfig1, libxkbcommon0, libxkbcommon-x11-0, libxcb-cursor0, libxcb-icccm4, libxcb-keysyms1, libxcb-shape0
Recommends: libcups2 | libcups2t64
Description: offline desk for government-affairs integrity registers
 Registers commitments, complaints, integrity records and objections, prints
 notice sheets and registers, and carries them to the county on sealed media.
CONTROL

dpkg-deb --root-owner-group --build -Zxz "$tree" "$package"
echo "$package"
