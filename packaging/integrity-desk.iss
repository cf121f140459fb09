; Inno Setup 6: iscc packaging\integrity-desk.iss, after PyInstaller has made dist\integrity-desk.
; Installs for one person without administrator rights; an administrator may choose all users.
#define Version GetEnv("DESK_VERSION")
#if Version == ""
  #error Set DESK_VERSION to the version in pyproject.toml first
#endif

[Setup]
AppId={{7B1B8B3C-5C0E-4E0B-9C55-6D2F2A7C1D11}
AppName=诚信台账 Integrity Desk
AppVersion={#Version}
DefaultDirName={autopf}\Integrity Desk
DefaultGroupName=诚信台账
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir=..\dist
OutputBaseFilename=integrity-desk-{#Version}-setup
LicenseFile=..\LICENSE
Compression=lzma2
SolidCompression=yes

[Files]
Source: "..\dist\integrity-desk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\诚信台账"; Filename: "{app}\integrity-desk.exe"
Name: "{autodesktop}\诚信台账"; Filename: "{app}\integrity-desk.exe"; Tasks: desktop

[Tasks]
Name: desktop; Description: "在桌面上放一个图标"

[Run]
Filename: "{app}\integrity-desk.exe"; Description: "打开诚信台账"; Flags: postinstall nowait skipifsilent unchecked
